package dev.portolan.host.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portolan.host.HostFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Files below a folder of this machine. Names that begin with a dot are its own: the guard of {@link #compareAndSet} and
 * files that are not complete yet.
 */
final class LocalFiles implements HostFiles {
    /** The engine's proxy container reads them too, under another user. */
    private static final FileAttribute<?> READABLE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));

    /** Of names that end in {@link HostFiles#PRIVATE}. */
    private static final FileAttribute<?> PRIVATE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    static final FileAttribute<?> READABLE_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));

    private static final String GUARD = ".guard";

    /** The file lock excludes other processes; a second lock of the same process would be an exception. */
    private static final ReentrantLock WITHIN_PROCESS = new ReentrantLock();

    private final Path root;

    LocalFiles(Path root) {
        if (!root.isAbsolute()) {
            throw new IllegalArgumentException("not an absolute path: " + root);
        }
        this.root = root.normalize();
    }

    @Override
    public String root() {
        return root.toString();
    }

    @Override
    public Owner owner() throws IOException {
        makeFolder(root);
        int user = (int) Files.getAttribute(root, "unix:uid");
        int group = (int) Files.getAttribute(root, "unix:gid");
        return new Owner(user, group);
    }

    @Override
    public Optional<StoredFile> read(String path) throws IOException {
        Path file = resolved(path);
        try {
            Instant changed = Files.getLastModifiedTime(file).toInstant();
            String content = Files.readString(file);
            Duration age = Duration.between(changed, Instant.now());
            return Optional.of(new StoredFile(content, age.isNegative() ? Duration.ZERO : age));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void write(String path, String content) throws IOException {
        Path file = resolved(path);
        makeFolder(folderOf(file));
        write(file, content);
    }

    /** Replaces a file as a whole; its folder is there. */
    static void write(Path file, String content) throws IOException {
        Path folder = folderOf(file);
        Path incomplete = Files.createTempFile(
                folder, ".", ".incomplete", file.toString().endsWith(PRIVATE) ? PRIVATE_FILE : READABLE_FILE);
        try {
            try (FileChannel channel = FileChannel.open(incomplete, StandardOpenOption.WRITE)) {
                writeFully(channel, content);
                channel.force(true);
            }
            Files.move(incomplete, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(incomplete);
        }
        force(folder);
    }

    @Override
    public void append(String path, String content) throws IOException {
        Path file = resolved(path);
        Path folder = folderOf(file);
        makeFolder(folder);
        boolean isNew = Files.notExists(file);
        try (FileChannel channel = alone(() -> {
            FileChannel opened = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            writeFully(opened, content);
            return opened;
        })) {
            channel.force(true); // which may take long, and others need not wait for
        }
        if (isNew) {
            force(folder);
        }
    }

    @Override
    public boolean compareAndSet(String path, Optional<String> expected, Optional<String> content) throws IOException {
        resolved(path);
        return alone(() -> {
            if (!read(path).map(StoredFile::content).equals(expected)) {
                return false;
            }
            if (content.isPresent()) {
                write(path, content.get());
            } else {
                remove(path);
            }
            return true;
        });
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException;
    }

    /** While nobody else on the machine does so. */
    private <T> T alone(Work<T> work) throws IOException {
        makeFolder(root);
        WITHIN_PROCESS.lock();
        try (FileChannel guard =
                        FileChannel.open(root.resolve(GUARD), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = guard.lock()) {
            if (!held.isValid()) {
                throw new IOException("the lock of " + root + " was lost");
            }
            return work.run();
        } finally {
            WITHIN_PROCESS.unlock();
        }
    }

    @Override
    public void remove(String path) throws IOException {
        Path file = resolved(path);
        if (Files.deleteIfExists(file)) {
            force(folderOf(file));
        }
    }

    @Override
    public List<String> list(String folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder.isEmpty() ? root : resolved(folder))) {
            return entries.filter(entry -> Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS))
                    .map(LocalFiles::nameOf)
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
    }

    /** The file of a relative path, which must stay below the root and clear of this class's own files. */
    private Path resolved(String path) {
        try {
            Path relative = Path.of(path);
            boolean inside = !path.isEmpty() && !relative.isAbsolute();
            for (Path name : relative) {
                inside &= !name.toString().startsWith(".");
            }
            if (inside) {
                return root.resolve(relative);
            }
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("not a path: " + path, e);
        }
        throw new IllegalArgumentException("not a path below " + root + ": " + path);
    }

    private static Path folderOf(Path file) {
        return Optional.ofNullable(file.getParent()).orElseThrow();
    }

    private static String nameOf(Path file) {
        return Optional.ofNullable(file.getFileName()).orElseThrow().toString();
    }

    /** Makes a folder and those above it, each entry of them forced to the disk. */
    private static void makeFolder(Path folder) throws IOException {
        makeFolder(folder, READABLE_FOLDER);
    }

    /** As above; {@code access} is that of the folder itself. */
    static void makeFolder(Path folder, FileAttribute<?> access) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path above = folderOf(folder);
        makeFolder(above);
        try {
            Files.createDirectory(folder, access);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        force(above);
    }

    private static void writeFully(FileChannel channel, String content) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** A new name in a folder survives a power cut only once the folder itself is on the disk. */
    static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
