package dev.portolan.images;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.model.ExitCode;
import dev.portolan.model.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The images that this process has saved, each once, in a folder that goes with it. */
final class SavedImages implements AutoCloseable {
    private final ContainerEngine home;
    private final Path folder;
    private final Map<String, SavedImage> images = new HashMap<>();
    private final ReentrantLock saving = new ReentrantLock();
    private Optional<Path> own = Optional.empty();

    SavedImages(ContainerEngine home, Path folder) {
        this.home = home;
        this.folder = folder;
    }

    /** @param id of an image that the engine has */
    SavedImage of(String id, Consumer<String> progress) {
        saving.lock();
        try {
            SavedImage known = images.get(id);
            if (known == null) {
                progress.accept("reading the image from the engine that has it");
                known = save(id);
                images.put(id, known);
            }
            return known;
        } finally {
            saving.unlock();
        }
    }

    private SavedImage save(String id) {
        try {
            Path place = Files.createTempDirectory(own(), "image-");
            SavedImage[] read = new SavedImage[1];
            home.store().save(id, archive -> read[0] = SavedImage.read(archive, place));
            return read[0];
        } catch (IOException full) {
            throw new UserError(
                    "an image cannot be kept in " + folder + " on its way: " + full.getMessage(),
                    "see how much room there is: df -h " + folder,
                    ExitCode.FAILED,
                    full);
        }
    }

    /** Named by this process, so that another one knows when it is nobody's any more. */
    private Path own() throws IOException {
        if (own.isEmpty()) {
            Files.createDirectories(folder);
            removeAbandoned();
            own = Optional.of(
                    Files.createTempDirectory(folder, ProcessHandle.current().pid() + "-"));
        }
        return own.get();
    }

    private void removeAbandoned() throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            for (Path other : found.toList()) {
                if (isAbandoned(other.getFileName().toString())) {
                    remove(other);
                }
            }
        }
    }

    private static boolean isAbandoned(String name) {
        int dash = name.indexOf('-');
        try {
            return dash > 0
                    && ProcessHandle.of(Long.parseLong(name.substring(0, dash))).isEmpty();
        } catch (NumberFormatException somebodyElses) {
            return false;
        }
    }

    private static void remove(Path place) throws IOException {
        try (Stream<Path> tree = Files.walk(place)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        }
    }

    @Override
    public void close() {
        saving.lock();
        try {
            images.clear();
            if (own.isPresent()) {
                remove(own.get());
            }
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        } finally {
            saving.unlock();
        }
    }
}
