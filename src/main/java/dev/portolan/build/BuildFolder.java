package dev.portolan.build;

import dev.portolan.model.Fingerprint;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
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
 * @param dockerfile relative to the folder; it is part of the build even where it is ignored
 */
public record BuildFolder(Path folder, IgnorePatterns ignored, String dockerfile) {

    /** One thing in the folder. */
    public sealed interface Entry {

        record Folder() implements Entry {}

        record File(Path path, boolean executable) implements Entry {}

        record Link(String target) implements Entry {}
    }

    /**
     * Reads the ignore file: the Dockerfile's own ({@code Dockerfile.dockerignore}) where there is one, otherwise
     * {@code .dockerignore} of the folder.
     */
    public static BuildFolder open(Path folder, String dockerfile) throws IOException {
        for (String name : List.of(dockerfile + ".dockerignore", ".dockerignore")) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                return new BuildFolder(folder, IgnorePatterns.parse(Files.readString(file)), dockerfile);
            }
        }
        return new BuildFolder(folder, IgnorePatterns.NONE, dockerfile);
    }

    /** What takes part in the build, by path relative to the folder with {@code /} between names, sorted. */
    public SortedMap<String, Entry> entries() throws IOException {
        SortedMap<String, Entry> entries = new TreeMap<>(Comparator.naturalOrder());
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                String name = name(path);
                if (name.isEmpty()) {
                    return FileVisitResult.CONTINUE;
                }
                if (takesPart(name)) {
                    entries.put(name, new Entry.Folder());
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
                if (attributes.isSymbolicLink()) {
                    entries.put(
                            name, new Entry.Link(Files.readSymbolicLink(path).toString()));
                } else if (attributes.isRegularFile()) {
                    entries.put(name, new Entry.File(path, Files.isExecutable(path)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return entries;
    }

    private String name(Path path) {
        return folder.relativize(path).toString().replace('\\', '/');
    }

    private boolean takesPart(String name) {
        return !ignored.ignores(name) || name.equals(dockerfile);
    }

    /**
     * SHA-256, in hexadecimal, over path, kind, right to execute and content of every entry. Owners and times do not count, so
     * that two checkouts of the same sources have the same hash.
     */
    public String contentHash() throws IOException {
        StringBuilder whole = new StringBuilder();
        for (var named : entries().entrySet()) {
            String line = switch (named.getValue()) {
                case Entry.Folder folderEntry -> "folder " + named.getKey();
                case Entry.Link link -> "link " + named.getKey() + "\0" + link.target();
                case Entry.File file ->
                    (file.executable() ? "program " : "file ") + named.getKey() + "\0" + fileHash(file.path());
            };
            whole.append(line).append('\0');
        }
        return Fingerprint.of(whole.toString());
    }

    private static String fileHash(Path path) throws IOException {
        try (var input = Files.newInputStream(path)) {
            return Fingerprint.of(input);
        }
    }
}
