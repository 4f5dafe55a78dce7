package dev.portolan.files;

import dev.portolan.model.Fingerprint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A file, or a folder with all that is in it, as it was when it was read; the contents of its files stay where they are.
 *
 * @param root absolute; a file or a folder, no symbolic link
 * @param entries by path relative to the root with {@code /} between names, sorted; the root itself is the empty path
 * @param bytes of all its files together
 */
public record FileTree(Path root, SortedMap<String, Entry> entries, long bytes) {
    /** That others may write. What is carried is mounted read-only, and checkouts of the same sources differ in it. */
    private static final int WRITE_OF_OTHERS = 0022;

    public FileTree {
        entries = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    /** One thing of a tree. */
    public sealed interface Entry {

        /** @param mode the twelve bits that {@code chmod} sets */
        record Folder(int mode, FileTime changed) implements Entry {}

        /** @param mode the twelve bits that {@code chmod} sets */
        record File(int mode, long bytes, FileTime changed) implements Entry {}

        /** A symbolic link, which leads where it says from wherever the tree is. */
        record Link(String target) implements Entry {}
    }

    /** A tree together with the fingerprint of what it holds. */
    public record Fingerprinted(FileTree tree, String digest, SortedMap<String, String> parts) {}

    /** The path of an entry on this machine. */
    public Path path(String name) {
        return name.isEmpty() ? root : root.resolve(name);
    }

    /** Whether it is a folder with nothing in it. */
    public boolean empty() {
        return entries.size() == 1 && entries.get("") instanceof Entry.Folder;
    }

    /**
     * Reads its files for a fingerprint of kind, mode and content of every entry. Owners and times do not count, so that two checkouts
     * of the same sources have the same one.
     */
    public Fingerprinted fingerprinted() throws IOException {
        SortedMap<String, String> parts = new TreeMap<>();
        StringBuilder whole = new StringBuilder();
        for (var named : entries.entrySet()) {
            String line = switch (named.getValue()) {
                case Entry.Folder folder -> "folder " + octal(folder.mode());
                case Entry.Link link -> "link " + link.target();
                case Entry.File file -> "file " + octal(file.mode()) + " " + contentOf(path(named.getKey()));
            };
            parts.put(named.getKey(), Fingerprint.of(line));
            whole.append(named.getKey()).append('\0').append(line).append('\0');
        }
        return new Fingerprinted(this, Fingerprint.of(whole.toString()), parts);
    }

    /** The mode that a file has wherever it is carried to. */
    public static int carriedMode(int mode) {
        return mode & 07777 & ~WRITE_OF_OTHERS;
    }

    private static String octal(int mode) {
        return Integer.toOctalString(carriedMode(mode));
    }

    private static String contentOf(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return Fingerprint.of(content);
        }
    }
}
