package dev.portolan.host;

import dev.portolan.files.FileTree;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Files and folders of an app on a host, to be mounted into containers. Those that travel with releases are named by their content,
 * complete as soon as they can be seen, and never change after; regions on one engine share them. Folders of data are the app's once
 * they are made; each region has its own. What a method has made survives a power cut once it has returned.
 */
public interface HostTrees {

    /** Absolute path on the host of what {@link #put} puts there. */
    String contentPath(String digest);

    /** Absolute path on the host of what {@link #makeFolder} makes. */
    String folderPath(String name);

    /** What is there, in full. */
    Stored stored() throws IOException;

    /**
     * Puts a file or folder there; does nothing when it is there. Its owner is whoever Portolan is on the host.
     *
     * @throws IOException also when its files are no longer what its fingerprint says
     */
    void put(FileTree.Fingerprinted tree) throws IOException;

    /** Removes every content but these, and what was not complete. Nothing may be put there meanwhile. */
    void keepOnly(Set<String> digests) throws IOException;

    /**
     * Makes a folder of data; of one that is there, nothing is changed.
     *
     * @param name a path relative to the project; empty for the project's own folder
     * @param seed what it holds at first, with the owners that it has here where the host lets us
     */
    void makeFolder(String name, Optional<FileTree.Fingerprinted> seed) throws IOException;

    /** Removes all folders of data. */
    void removeFolders() throws IOException;

    /**
     * @param contents digests
     * @param folders names, each with the digest of what it held at first; empty for nothing
     */
    record Stored(Set<String> contents, Map<String, String> folders) {
        public static final Stored NOTHING = new Stored(Set.of(), Map.of());

        public Stored {
            contents = Set.copyOf(contents);
            folders = Map.copyOf(folders);
        }
    }
}
