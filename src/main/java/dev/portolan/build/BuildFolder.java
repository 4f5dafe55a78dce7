package dev.portolan.build;

import dev.portolan.model.Fingerprint;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The folder that an image is built from.
 *
 * @param folder absolute
 * @param ignored what stays out of the build
 * @param dockerfile relative to the folder, or absolute; one in the folder is part of the build even where it is ignored
 */
public record BuildFolder(Path folder, IgnorePatterns ignored, String dockerfile) {

    private static final int RIGHTS = 07777;
    private static final int USUAL_FILE = 0644;
    private static final int USUAL_PROGRAM = 0755;

    /** One thing in the folder. */
    public sealed interface Entry {

        /** @param mode rights, in twelve bits */
        record Folder(int mode) implements Entry {}

        /** @param mode rights, in twelve bits */
        record File(Path path, int mode) implements Entry {}

        record Link(String target) implements Entry {}
    }

    /**
     * Reads the ignore file: the Dockerfile's own ({@code Dockerfile.dockerignore}) where there is one, otherwise
     * {@code .dockerignore} of the folder.
     */
    public static BuildFolder open(Path folder, String dockerfile) throws IOException {
        for (String name : dockerfile.isEmpty()
                ? List.of(".dockerignore")
                : List.of(dockerfile + ".dockerignore", ".dockerignore")) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                return new BuildFolder(folder, IgnorePatterns.parse(Files.readString(file)), dockerfile);
            }
        }
        return new BuildFolder(folder, IgnorePatterns.NONE, dockerfile);
    }

    /** For a build whose Dockerfile is not a file of the folder. */
    public static BuildFolder withoutDockerfile(Path folder) throws IOException {
        return open(folder, "");
    }

    /** The same for builders that are given the Dockerfile by itself: one that is ignored is not in the folder then. */
    public BuildFolder withDockerfileApart() {
        return new BuildFolder(folder, ignored, "");
    }

    /** What takes part in the build, by path relative to the folder with {@code /} between names, sorted. */
    public SortedMap<String, Entry> entries() throws IOException {
        SortedMap<String, Entry> entries = new TreeMap<>(Comparator.naturalOrder());
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                String name = name(path);
                if (name.isEmpty()) {
                    return FileVisitResult.CONTINUE;
                }
                if (takesPart(name)) {
                    entries.put(name, new Entry.Folder(mode(path)));
                    return FileVisitResult.CONTINUE;
                }
                return ignored.letsSomeThrough() || dockerfile.startsWith(name + "/")
                        ? FileVisitResult.CONTINUE
                        : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                String name = name(path);
                if (!takesPart(name)) {
                    return FileVisitResult.CONTINUE;
                }
                addFoldersOf(path, entries);
                if (attributes.isSymbolicLink()) {
                    entries.put(
                            name, new Entry.Link(Files.readSymbolicLink(path).toString()));
                } else if (attributes.isRegularFile()) {
                    entries.put(name, new Entry.File(path, mode(path)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return entries;
    }

    /** A file that is let through again brings the folders that it is in. */
    private void addFoldersOf(Path path, SortedMap<String, Entry> entries) throws IOException {
        Path parent = path.getParent();
        while (parent != null && !parent.equals(folder) && !entries.containsKey(name(parent))) {
            entries.put(name(parent), new Entry.Folder(mode(parent)));
            parent = parent.getParent();
        }
    }

    private static int mode(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & RIGHTS;
    }

    private String name(Path path) {
        return folder.relativize(path).toString().replace('\\', '/');
    }

    private boolean takesPart(String name) {
        return !ignored.ignores(name) || name.equals(dockerfile);
    }

    /**
     * SHA-256, in hexadecimal, over path, kind, rights and content of every entry. Owners and times do not count: all belongs to
     * root in an image, and two checkouts of the same sources have the same hash.
     */
    public String contentHash() throws IOException {
        StringBuilder whole = new StringBuilder();
        for (var named : entries().entrySet()) {
            String line = switch (named.getValue()) {
                case Entry.Folder(int mode) -> kind("folder", mode, USUAL_PROGRAM) + named.getKey();
                case Entry.Link link -> "link " + named.getKey() + "\0" + link.target();
                case Entry.File(Path path, int mode) ->
                    (mode == USUAL_PROGRAM ? "program " : kind("file", mode, USUAL_FILE))
                            + named.getKey()
                            + "\0"
                            + fileHash(path);
            };
            whole.append(line).append('\0');
        }
        return Fingerprint.of(whole.toString());
    }

    /** Unusual rights are said; the usual ones were not at first, and what has a hash keeps it. */
    private static String kind(String word, int mode, int usual) {
        return mode == usual ? word + " " : word + " " + Integer.toOctalString(mode) + " ";
    }

    private static String fileHash(Path path) throws IOException {
        try (var input = Files.newInputStream(path)) {
            return Fingerprint.of(input);
        }
    }
}
