package dev.portolan.docker.api;

import dev.portolan.build.BuildFolder;
import dev.portolan.build.BuildFolder.Entry;
import dev.portolan.http.HttpRequest;
import dev.portolan.model.ContainerSpec.FileInContainer;
import dev.portolan.model.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** The tar archives that the engine takes. */
final class Archives {
    private static final int FOLDER_MODE = 0755;
    private static final int PROGRAM_MODE = 0755;
    private static final int FILE_MODE = 0644;
    private static final int MODE_BITS = 07777;

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

    private static void add(TarArchiveOutputStream tar, String name, Entry entry) throws IOException {
        switch (entry) {
            case Entry.Folder() -> {
                var header = new TarArchiveEntry(name + "/");
                header.setMode(FOLDER_MODE);
                tar.putArchiveEntry(header);
            }
            case Entry.Link(String target) -> {
                var header = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
                header.setLinkName(target);
                tar.putArchiveEntry(header);
            }
            case Entry.File(var path, boolean executable) -> {
                var header = new TarArchiveEntry(name);
                header.setSize(Files.size(path));
                header.setMode(executable ? PROGRAM_MODE : FILE_MODE);
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
