package dev.portolan.host.ssh;

import dev.portolan.files.FileTree;
import dev.portolan.files.FileTree.Entry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Trees of files as compressed archives, in which the tree's own root is called {@link #ROOT}. */
final class TreeArchive {
    static final String ROOT = "tree";

    private final FileTree tree;
    private final boolean asData;

    private TreeArchive(FileTree tree, boolean asData) {
        this.tree = tree;
        this.asData = asData;
    }

    /** Of what travels with releases: to be read by everybody who may, written by nobody. */
    static TreeArchive ofRelease(FileTree tree) {
        return new TreeArchive(tree, false);
    }

    /** Of what is the app's from now on: with the exact modes and owners. */
    static TreeArchive ofData(FileTree tree) {
        return new TreeArchive(tree, true);
    }

    void writeTo(OutputStream target) throws IOException {
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(target), "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            for (var named : tree.entries().entrySet()) {
                String name = named.getKey().isEmpty() ? ROOT : ROOT + "/" + named.getKey();
                add(tar, name, tree.path(named.getKey()), named.getValue());
            }
            tar.finish();
        }
    }

    private void add(TarArchiveOutputStream tar, String name, Path source, Entry entry) throws IOException {
        switch (entry) {
            case Entry.Folder folder -> {
                TarArchiveEntry header = new TarArchiveEntry(name + "/");
                header.setMode(mode(folder.mode()));
                header.setLastModifiedTime(folder.changed());
                put(tar, header, source);
            }
            case Entry.Link link -> {
                TarArchiveEntry header = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
                header.setLinkName(link.target());
                put(tar, header, source);
            }
            case Entry.File file -> {
                TarArchiveEntry header = new TarArchiveEntry(name);
                header.setMode(mode(file.mode()));
                header.setSize(file.bytes());
                header.setLastModifiedTime(file.changed());
                own(header, source);
                tar.putArchiveEntry(header);
                Files.copy(source, tar);
                tar.closeArchiveEntry(); // which fails if the file has grown or shrunk meanwhile
            }
        }
    }

    private void put(TarArchiveOutputStream tar, TarArchiveEntry header, Path source) throws IOException {
        own(header, source);
        tar.putArchiveEntry(header);
        tar.closeArchiveEntry();
    }

    private int mode(int mode) {
        return asData ? mode : FileTree.carriedMode(mode);
    }

    private void own(TarArchiveEntry header, Path source) throws IOException {
        if (asData) {
            header.setIds((int) Files.getAttribute(source, "unix:uid", LinkOption.NOFOLLOW_LINKS), (int)
                    Files.getAttribute(source, "unix:gid", LinkOption.NOFOLLOW_LINKS));
        }
    }
}
