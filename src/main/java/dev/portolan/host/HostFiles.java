package dev.portolan.host;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Portolan's own files on a host: UTF-8 text. Paths are relative to {@link #root()}, with {@code /} between names; folders are made as
 * needed. What a method has written survives a power cut once it has returned (fsync of the file and its folder).
 */
public interface HostFiles {
    /** The end of a name whose file nobody else can read. */
    String PRIVATE = ".private";

    /** Absolute path on the host of the folder that holds the files, for mounts into containers. */
    String root();

    /** Whose files these are on the host: a container that shares a folder of them hands what it makes there to the same user. */
    Owner owner() throws IOException;

    /** The file's content and age, or empty when there is none. */
    Optional<StoredFile> read(String path) throws IOException;

    /** Replaces the file as a whole: a reader sees the old content or the new, never a part. */
    void write(String path, String content) throws IOException;

    /** Adds to the end of the file, in one write, which no {@link #compareAndSet} undoes. */
    void append(String path, String content) throws IOException;

    /**
     * Replaces the file if it has the expected content, atomically among all that use this method on the host.
     *
     * @param expected what the file must hold now; empty when it must not exist
     * @param content what it then holds; empty to remove it
     * @return whether it was replaced
     */
    boolean compareAndSet(String path, Optional<String> expected, Optional<String> content) throws IOException;

    /** Removes the file; does nothing when there is none. */
    void remove(String path) throws IOException;

    /** Names of the files in a folder, sorted; empty when there is no such folder. */
    List<String> list(String folder) throws IOException;

    /**
     * Makes changes in order, each as its method does, then reads: all in one round trip, where the host is far. When a change fails,
     * those after it are not made.
     *
     * @param wanted paths of files; with a slash at its end, that of a folder of which every file is meant
     * @return what there is of them, by path
     */
    default Map<String, StoredFile> exchange(List<Change> changes, List<String> wanted) throws IOException {
        for (Change change : changes) {
            switch (change) {
                case Change.Write(var path, var content) -> write(path, content);
                case Change.Remove(var path) -> remove(path);
            }
        }
        Map<String, StoredFile> found = new TreeMap<>();
        for (String path : wanted) {
            for (String file : path.endsWith("/") ? filesIn(path) : List.of(path)) {
                read(file).ifPresent(stored -> found.put(file, stored));
            }
        }
        return found;
    }

    private List<String> filesIn(String folder) throws IOException {
        return list(folder.substring(0, folder.length() - 1)).stream()
                .map(name -> folder + name)
                .toList();
    }

    /** A change of one file, as data. */
    sealed interface Change {

        String path();

        /** As {@link HostFiles#write}. */
        record Write(String path, String content) implements Change {}

        /** As {@link HostFiles#remove}. */
        record Remove(String path) implements Change {}

        /** The same, of a path that is relative to this folder. */
        default Change in(String folder) {
            return switch (this) {
                case Write(var path, var content) -> new Write(folder + "/" + path, content);
                case Remove(var path) -> new Remove(folder + "/" + path);
            };
        }
    }

    /**
     * @param age since the last change, by the host's own clock, so that clocks need not agree
     */
    record StoredFile(String content, Duration age) {}

    /** Numbers of a user and a group on the host. */
    record Owner(int user, int group) {}
}
