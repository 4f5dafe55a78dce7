package dev.portolan.buildkit;

import com.google.protobuf.ByteString;
import dev.portolan.build.BuildFolder;
import dev.portolan.model.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What BuildKit may read by one name. */
public sealed interface SentFolder {

    /** The other side refuses any other order than this one: what is in a folder comes right after the folder. */
    Comparator<SentFile> ORDER = Comparator.comparing(file -> file.path().replace('/', '\0'));

    /** A folder of this machine, without what is ignored. */
    record OnDisk(BuildFolder folder) implements SentFolder {}

    /** A folder with one file. */
    record Single(String name, String text) implements SentFolder {}

    /** @throws IOException when something cannot be read */
    default List<SentFile> files() throws IOException {
        return switch (this) {
            case OnDisk(BuildFolder folder) -> files(folder);
            case Single(String name, String text) -> {
                ByteString bytes = ByteString.copyFromUtf8(text);
                yield List.of(
                        new SentFile(name, 0644, bytes.size(), timeOf(text), "", new SentFile.Content.Text(bytes)));
            }
        };
    }

    /** A file of the same size and time is taken to be the one of an earlier build, so each text has a time of its own. */
    private static long timeOf(String text) {
        return Long.parseLong(Fingerprint.of(text).substring(0, 14), 16);
    }

    private static List<SentFile> files(BuildFolder folder) throws IOException {
        List<SentFile> files = new ArrayList<>();
        for (var named : folder.entries().entrySet()) {
            String path = named.getKey();
            long modified = Files.getLastModifiedTime(folder.folder().resolve(path), LinkOption.NOFOLLOW_LINKS)
                    .to(TimeUnit.NANOSECONDS);
            files.add(
                    switch (named.getValue()) {
                        case BuildFolder.Entry.Folder(int mode) ->
                            new SentFile(
                                    path,
                                    SentFile.FOLDER | SentFile.rights(mode),
                                    0,
                                    modified,
                                    "",
                                    new SentFile.Content.None());
                        case BuildFolder.Entry.Link(String target) ->
                            new SentFile(path, SentFile.LINK | 0777, 0, modified, target, new SentFile.Content.None());
                        case BuildFolder.Entry.File(Path file, int mode) ->
                            new SentFile(
                                    path,
                                    SentFile.rights(mode),
                                    Files.size(file),
                                    modified,
                                    "",
                                    new SentFile.Content.OnDisk(file));
                    });
        }
        files.sort(ORDER);
        return files;
    }
}
