package dev.portolan.docker.api;

import dev.portolan.build.BuildFolder;
import dev.portolan.build.BuildFolder.Entry;
import dev.portolan.http.HttpRequest;
import dev.portolan.model.ContainerSpec.FileInContainer;
import dev.portolan.model.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** The tar archives that the engine takes. */
final class Archives {
    private static final int MODE_BITS = 07777;
    private static final String IGNORE_FILE = ".dockerignore";

    /** What a Dockerfile is called that is no file of the folder. */
    static final String OWN_DOCKERFILE = ".dockerfile.portolan";

    private Archives() {}

    /** A file and what is in it; names are relative to the folder that the archive is unpacked in. */
    record Item(String name, FileInContainer file, Secret content) {}

    static HttpRequest.Content files(List<Item> items) {
        return target -> {
            try (TarArchiveOutputStream tar = tar(target)) {
                for (Item item : items) {
                    byte[] content = item.content().reveal();
                    var entry = new TarArchiveEntry(item.name());
                    entry.setSize(content.length);
                    entry.setMode(item.file().mode() & MODE_BITS);
                    entry.setIds(item.file().user(), item.file().group());
                    tar.putArchiveEntry(entry);
                    tar.write(content);
                    tar.closeArchiveEntry();
                }
                tar.finish();
            }
        };
    }

    /** What an image is built from. All of it belongs to root, as the docker command has it. */
    static HttpRequest.Content folder(BuildFolder folder) throws IOException {
        SortedMap<String, Entry> entries = folder.entries();
        return target -> {
            try (TarArchiveOutputStream tar = tar(target)) {
                for (Map.Entry<String, Entry> entry : entries.entrySet()) {
                    add(tar, entry.getKey(), entry.getValue());
                }
                tar.finish();
            }
        };
    }

    /**
     * What an image is built from, with a Dockerfile that is no file of the folder. The builder takes it, and the ignore file that
     * names it, out of the folder again before it copies anything: that is how Docker's own client hides what it adds.
     */
    static HttpRequest.Content folder(BuildFolder folder, String dockerfile) throws IOException {
        SortedMap<String, Entry> entries = folder.entries();
        boolean hasIgnoreFile = entries.remove(IGNORE_FILE) != null;
        Path ignoreFile = folder.folder().resolve(IGNORE_FILE);
        String ignored = hasIgnoreFile ? Files.readString(ignoreFile) + "\n" : IGNORE_FILE + "\n";
        return target -> {
            try (TarArchiveOutputStream tar = tar(target)) {
                add(tar, OWN_DOCKERFILE, dockerfile);
                add(tar, IGNORE_FILE, ignored + OWN_DOCKERFILE + "\n");
                for (Map.Entry<String, Entry> entry : entries.entrySet()) {
                    add(tar, entry.getKey(), entry.getValue());
                }
                tar.finish();
            }
        };
    }

    private static void add(TarArchiveOutputStream tar, String name, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        var header = new TarArchiveEntry(name);
        header.setSize(content.length);
        header.setMode(0644);
        tar.putArchiveEntry(header);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static void add(TarArchiveOutputStream tar, String name, Entry entry) throws IOException {
        switch (entry) {
            case Entry.Folder(int mode) -> {
                var header = new TarArchiveEntry(name + "/");
                header.setMode(mode);
                tar.putArchiveEntry(header);
            }
            case Entry.Link(String target) -> {
                var header = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
                header.setLinkName(target);
                tar.putArchiveEntry(header);
            }
            case Entry.File(var path, int mode) -> {
                var header = new TarArchiveEntry(name);
                header.setSize(Files.size(path));
                header.setMode(mode);
                header.setModTime(Files.getLastModifiedTime(path));
                tar.putArchiveEntry(header);
                Files.copy(path, tar);
            }
        }
        tar.closeArchiveEntry();
    }

    private static TarArchiveOutputStream tar(OutputStream target) {
        var tar = new TarArchiveOutputStream(target, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        return tar;
    }
}
