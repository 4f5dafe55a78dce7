package dev.portolan.host.local;

import dev.portolan.files.FileTree;
import dev.portolan.files.FileTree.Entry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Copies trees of files, and takes them away. What is copied is on the disk, not only in memory. */
final class TreeCopy {
    private static final String MODE = "unix:mode";
    private static final List<String> OWNERS = List.of("unix:uid", "unix:gid");

    /** Begins the name of what is not complete. */
    static final String INCOMPLETE = ".incomplete-";

    private final FileTree tree;
    private final boolean asData;

    private TreeCopy(FileTree tree, boolean asData) {
        this.tree = tree;
        this.asData = asData;
    }

    /** Of what travels with releases: to be read by everybody who may, written by nobody. */
    static TreeCopy ofRelease(FileTree tree) {
        return new TreeCopy(tree, false);
    }

    /** Of what is the app's from now on: exact modes and, where we may, owners. */
    static TreeCopy ofData(FileTree tree) {
        return new TreeCopy(tree, true);
    }

    /** Copies what is not there yet. */
    void into(Path target) throws IOException {
        List<String> folders = new ArrayList<>();
        for (var named : tree.entries().entrySet()) {
            String name = named.getKey();
            Path copy = name.isEmpty() ? target : target.resolve(name);
            switch (named.getValue()) {
                case Entry.Folder folder -> {
                    if (!Files.isDirectory(copy, LinkOption.NOFOLLOW_LINKS) && !there(copy)) {
                        Files.createDirectory(copy);
                        folders.add(name);
                    }
                }
                case Entry.Link link -> {
                    if (!there(copy)) {
                        Files.createSymbolicLink(copy, Path.of(link.target()));
                        own(tree.path(name), copy);
                    }
                }
                case Entry.File file -> {
                    if (!there(copy)) {
                        file(tree.path(name), copy, file);
                    }
                }
            }
        }
        for (String name :
                folders.reversed()) { // a folder's time changes with what is put into it, and its mode may forbid it
            Path copy = name.isEmpty() ? target : target.resolve(name);
            if (tree.entries().get(name) instanceof Entry.Folder folder) {
                finish(tree.path(name), copy, folder.mode(), folder.changed());
            }
        }
    }

    private void file(Path source, Path copy, Entry.File file) throws IOException {
        Path incomplete = copy.resolveSibling(INCOMPLETE + copy.getFileName());
        try {
            try (FileChannel channel = FileChannel.open(
                            incomplete,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE);
                    OutputStream output = Channels.newOutputStream(channel)) {
                Files.copy(source, output);
            }
            finish(source, incomplete, file.mode(), file.changed());
            Files.move(incomplete, copy, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(incomplete);
        }
    }

    private void finish(Path source, Path copy, int mode, FileTime changed) throws IOException {
        own(source, copy); // before the mode, of which it takes some bits away
        Files.setLastModifiedTime(copy, changed);
        try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.READ)) {
            Files.setAttribute(copy, MODE, asData ? mode : FileTree.carriedMode(mode));
            channel.force(true);
        }
    }

    private void own(Path source, Path copy) throws IOException {
        if (!asData) {
            return;
        }
        for (String owner : OWNERS) {
            Object wanted = Files.getAttribute(source, owner, LinkOption.NOFOLLOW_LINKS);
            if (!wanted.equals(Files.getAttribute(copy, owner, LinkOption.NOFOLLOW_LINKS))) {
                try {
                    Files.setAttribute(copy, owner, wanted, LinkOption.NOFOLLOW_LINKS);
                } catch (IOException notRoot) {
                    return; // then it belongs to who Portolan is
                }
            }
        }
    }

    private static boolean there(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Removes a file or folder with all that is in it; does nothing when there is none. Others may do so at the same time. */
    static void remove(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try {
                if (!Files.isWritable(path) || !Files.isExecutable(path)) {
                    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
                }
                for (Path entry : entriesOf(path)) {
                    remove(entry);
                }
            } catch (NoSuchFileException removedMeanwhile) {
                return;
            }
        }
        Files.deleteIfExists(path);
    }

    /** What is in a folder; nothing when there is none. */
    static List<Path> entriesOf(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }
}
