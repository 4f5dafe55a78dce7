package dev.portolan.host.local;

import dev.portolan.files.FileTree;
import dev.portolan.files.TreeReader;
import dev.portolan.host.HostTrees;
import dev.portolan.host.MadeFolders;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Trees in two folders of this machine, which nobody but the engine and Portolan's user may enter: what is in them may be read by
 * everybody.
 */
public final class LocalTrees implements HostTrees {
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final String MADE = "made";

    private final Path contents;
    private final Path data;
    /** As the project's own folder, with those that are data in their places. */
    private final Path project;

    /**
     * @param contents absolute; what travels with releases, for all regions of an app on this machine
     * @param data absolute; one region's folders of data
     */
    public LocalTrees(Path contents, Path data) {
        this.contents = contents;
        this.data = data;
        this.project = data.resolve("project");
    }

    @Override
    public String contentPath(String digest) {
        return contents.resolve(digest).toString();
    }

    @Override
    public String folderPath(String name) {
        return project.resolve(name).toString();
    }

    @Override
    public synchronized Stored stored() throws IOException {
        Set<String> complete = TreeCopy.entriesOf(contents).stream()
                .map(LocalTrees::nameOf)
                .filter(name -> !name.startsWith("."))
                .collect(Collectors.toSet());
        return new Stored(complete, madeFolders());
    }

    @Override
    public void put(FileTree.Fingerprinted tree) throws IOException {
        Path target = contents.resolve(tree.digest());
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        LocalFiles.makeFolder(contents, PRIVATE);
        Path incomplete = incompleteIn(contents);
        try {
            TreeCopy.ofRelease(tree.tree()).into(incomplete);
            if (!TreeReader.read(incomplete, Set.of()).fingerprinted().digest().equals(tree.digest())) {
                throw new IOException(tree.tree().root() + " was changed while it was copied");
            }
            becomes(incomplete, target);
        } finally {
            TreeCopy.remove(incomplete);
        }
    }

    /** Another region may have been faster: then it is there, and is the same. */
    private static void becomes(Path incomplete, Path target) throws IOException {
        try {
            Files.move(incomplete, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException there) {
            return;
        }
        LocalFiles.force(folderOf(target));
    }

    @Override
    public void keepOnly(Set<String> digests) throws IOException {
        for (Path content : TreeCopy.entriesOf(contents)) {
            String name = nameOf(content);
            if (name.startsWith(TreeCopy.INCOMPLETE)) {
                TreeCopy.remove(content);
            } else if (!name.startsWith(".") && !digests.contains(name)) {
                Path leaving = incompleteIn(contents); // so that nobody takes what is left for the whole
                try {
                    Files.move(content, leaving, StandardCopyOption.ATOMIC_MOVE);
                } catch (NoSuchFileException removedMeanwhile) {
                    continue;
                }
                TreeCopy.remove(leaving);
            }
        }
    }

    @Override
    public synchronized void makeFolder(String name, Optional<FileTree.Fingerprinted> seed) throws IOException {
        Map<String, String> folders = new TreeMap<>(madeFolders());
        if (folders.containsKey(name)) {
            return;
        }
        Path folder = project.resolve(name);
        LocalFiles.makeFolder(data, PRIVATE);
        LocalFiles.makeFolder(folderOf(folder), LocalFiles.READABLE_FOLDER);
        fill(folder, seed);
        folders.put(name, seed.map(FileTree.Fingerprinted::digest).orElse(""));
        LocalFiles.write(data.resolve(MADE), MadeFolders.text(folders));
    }

    private void fill(Path folder, Optional<FileTree.Fingerprinted> seed) throws IOException {
        if (Files.isDirectory(folder)) {
            if (seed.isPresent()) {
                TreeCopy.ofData(seed.get().tree()).into(folder);
            }
            return;
        }
        Path incomplete = incompleteIn(data);
        try {
            if (seed.isPresent()) {
                TreeCopy.ofData(seed.get().tree()).into(incomplete);
            } else {
                Files.createDirectory(incomplete);
                Files.setPosixFilePermissions(incomplete, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            Files.move(incomplete, folder, StandardCopyOption.ATOMIC_MOVE);
            LocalFiles.force(folderOf(folder));
        } finally {
            TreeCopy.remove(incomplete);
        }
    }

    @Override
    public synchronized void removeFolders() throws IOException {
        TreeCopy.remove(data);
    }

    private Map<String, String> madeFolders() throws IOException {
        try {
            return MadeFolders.read(Files.readString(data.resolve(MADE)));
        } catch (NoSuchFileException none) {
            return Map.of();
        }
    }

    private static Path incompleteIn(Path folder) {
        return folder.resolve(TreeCopy.INCOMPLETE + UUID.randomUUID());
    }

    private static Path folderOf(Path path) {
        return Optional.ofNullable(path.getParent()).orElseThrow();
    }

    private static String nameOf(Path path) {
        return String.valueOf(path.getFileName());
    }
}
