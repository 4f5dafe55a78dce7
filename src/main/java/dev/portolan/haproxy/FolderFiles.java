package dev.portolan.haproxy;

import dev.portolan.host.HostFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The files of one HAProxy. Like {@link HostFiles}, with errors that a person can act on.
 *
 * @param folder relative to the root of the host's files
 */
public record FolderFiles(HostFiles files, String folder) {

    public Optional<HostFiles.StoredFile> read(String name) {
        return doing("read", name, () -> files.read(path(name)));
    }

    public void write(String name, String content) {
        doing("write", name, () -> {
            files.write(path(name), content);
            return name;
        });
    }

    public void remove(String name) {
        doing("remove", name, () -> {
            files.remove(path(name));
            return name;
        });
    }

    /**
     * Makes changes in order, then reads, in one round trip.
     *
     * @param wanted names of files; with a slash at its end, a folder of which every file is meant
     * @return what there is of them, by name
     */
    public Map<String, HostFiles.StoredFile> exchange(List<HostFiles.Change> changes, List<String> wanted) {
        String what = changes.isEmpty() ? "read" : "write";
        String first =
                changes.isEmpty() ? wanted.getFirst() : changes.getFirst().path();
        Map<String, HostFiles.StoredFile> found = doing(
                what,
                first,
                () -> files.exchange(
                        changes.stream().map(change -> change.in(folder)).toList(),
                        wanted.stream().map(this::path).toList()));
        return found.entrySet().stream()
                .collect(Collectors.toMap(file -> file.getKey().substring(folder.length() + 1), Map.Entry::getValue));
    }

    /** The folder with its owner. */
    public HaproxyFolder location() {
        return new HaproxyFolder(files.root(), folder, doing("look up the owner of", ".", files::owner));
    }

    private String path(String name) {
        return folder + "/" + name;
    }

    private <T> T doing(String what, String name, Access<T> access) {
        try {
            return access.now();
        } catch (IOException | UncheckedIOException e) {
            throw new HaproxyException(
                    "cannot " + what + " " + files.root() + "/" + path(name) + ": " + e.getMessage(),
                    "look at the rights and the free space of that folder");
        }
    }

    private interface Access<T> {
        T now() throws IOException;
    }
}
