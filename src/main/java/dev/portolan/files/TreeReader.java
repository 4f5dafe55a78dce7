package dev.portolan.files;

import dev.portolan.files.FileTree.Entry;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what a file or folder is made of, up to a limit, and nothing that never ends. */
public final class TreeReader {
    /** What one mount may carry. */
    public static final long LIMIT_BYTES = 64L << 20;

    /** Each of them is forced to the disk of each host. */
    public static final int LIMIT_ENTRIES = 20_000;

    private static final int MODE_BITS = 07777;

    private TreeReader() {}

    /**
     * Reads it.
     *
     * @param start a link in its place is followed; links within are taken as they are
     * @param without folders that stay out with all that is in them, relative to the start
     * @throws UnfitTree when it is too large, or holds what cannot be copied
     * @throws java.nio.file.NoSuchFileException when there is nothing
     */
    public static FileTree read(Path start, Set<String> without) throws IOException {
        Path root = start.toRealPath();
        var visitor = new Visitor(root, without);
        Files.walkFileTree(root, visitor);
        return new FileTree(root, visitor.entries, visitor.bytes);
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path root;
        private final Set<String> without;
        private final SortedMap<String, Entry> entries = new TreeMap<>();
        private long bytes;

        Visitor(Path root, Set<String> without) {
            this.root = root;
            this.without = without;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
            if (without.contains(root.relativize(path).toString())) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            add(path, new Entry.Folder(mode(path), attributes.lastModifiedTime()));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
            if (attributes.isSymbolicLink()) {
                add(path, new Entry.Link(Files.readSymbolicLink(path).toString()));
            } else if (attributes.isRegularFile()) {
                bytes += attributes.size();
                if (bytes > LIMIT_BYTES) {
                    throw new UnfitTree("is more than the " + (LIMIT_BYTES >> 20) + " MiB that are copied to a host");
                }
                if (!Files.isReadable(path)) {
                    throw new UnfitTree("cannot be copied: " + path + " may not be read");
                }
                add(path, new Entry.File(mode(path), attributes.size(), attributes.lastModifiedTime()));
            } else {
                throw new UnfitTree("cannot be copied: " + path + " is a socket, a pipe or a device");
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
            if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
                return FileVisitResult.CONTINUE; // it went while its folder was read
            }
            throw new UnfitTree("cannot be copied: " + path + " may not be read", failure);
        }

        private void add(Path path, Entry entry) throws UnfitTree {
            if (entries.size() == LIMIT_ENTRIES) {
                throw new UnfitTree(
                        "has more than the " + LIMIT_ENTRIES + " files and folders that are copied to a host");
            }
            entries.put(root.relativize(path).toString(), entry);
        }

        private static int mode(Path path) throws IOException {
            return (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & MODE_BITS;
        }
    }
}
