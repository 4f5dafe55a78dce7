package dev.portolan.images;

import dev.portolan.docker.BuildMaterials;
import dev.portolan.docker.ContainerEngine;
import dev.portolan.docker.EngineException;
import dev.portolan.docker.ImageStore.Stored;
import dev.portolan.host.HostUploads;
import dev.portolan.model.ExitCode;
import dev.portolan.model.ImageSource;
import dev.portolan.model.Platform;
import dev.portolan.model.UserError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Images for hosts that have engines of their own. Those of a registry are fetched by each host; what is built, or is on one engine only,
 * is built and saved once there and travels to every host that lacks it. Safe for use by many threads.
 */
public final class TravellingImages implements AutoCloseable {
    private final ContainerEngine home;
    private final SavedImages saved;
    private final Map<ImageSource, ReentrantLock> building = new ConcurrentHashMap<>();

    /**
     * @param home the engine that builds, and that has the images of no registry; stays open
     * @param folder on this machine, for images on their way; made as needed
     */
    public TravellingImages(ContainerEngine home, Path folder) {
        this.home = home;
        this.saved = new SavedImages(home, folder);
    }

    /**
     * What provides a host.
     *
     * @param host its name in messages, such as {@code dublin/web1}
     * @param engine of the host; may be {@code home} itself, by whatever connection
     * @param uploads empty where the host keeps no files for its engine
     */
    public ImageSupply to(String host, ContainerEngine engine, Optional<HostUploads> uploads) {
        return (image, materials, progress) -> {
            switch (image) {
                case ImageSource.Built built -> {
                    build(built, materials, progress);
                    if (!engine.hasImage(built)) {
                        bring(built, host, engine, uploads, progress);
                    }
                }
                case ImageSource.Pulled pulled -> fetch(pulled, host, engine, uploads, progress);
            }
        };
    }

    private void build(ImageSource.Built image, BuildMaterials materials, Consumer<String> progress) {
        ReentrantLock lock = building.computeIfAbsent(image, unknown -> new ReentrantLock());
        lock.lock();
        try {
            if (!home.hasImage(image)) {
                home.build(image, materials, progress);
            }
        } finally {
            lock.unlock();
        }
    }

    private void fetch(
            ImageSource.Pulled image,
            String host,
            ContainerEngine engine,
            Optional<HostUploads> uploads,
            Consumer<String> progress) {
        Optional<Stored> here = home.store().find(image);
        if (here.isPresent() && !here.get().ofRegistry()) {
            bring(image, host, engine, uploads, progress);
            return;
        }
        try {
            engine.pull(image, progress);
        } catch (EngineException unreachable) {
            if (here.isEmpty()) {
                throw unreachable;
            }
            progress.accept(unreachable.message() + "; it is brought from the engine that has it");
            bring(image, host, engine, uploads, progress);
        }
    }

    private void bring(
            ImageSource image,
            String host,
            ContainerEngine engine,
            Optional<HostUploads> uploads,
            Consumer<String> progress) {
        Stored here = home.store()
                .find(image)
                .orElseThrow(() -> new UserError(
                        "the image " + image.reference() + " is gone from the engine that had it",
                        "run the command again"));
        requireFit(image, here, host, engine);
        new ImageTransfer(
                        engine.store(),
                        uploads,
                        TravellingImages::pause,
                        saved.of(here.id(), progress),
                        here.names(),
                        progress)
                .run();
        if (image instanceof ImageSource.Pulled pulled) {
            engine.store().recognize(pulled);
        }
        if (!engine.hasImage(image)) {
            throw new UserError(
                    "host " + host + " took the image " + image.reference() + " and does not have it",
                    "see its engine's own log: journalctl -u docker");
        }
    }

    /** The plan has seen to it, as far as it could be known before the image was built. */
    private static void requireFit(ImageSource image, Stored here, String host, ContainerEngine engine) {
        Platform platform = Platform.ofMachine(engine.info().architecture());
        if (!platform.runs(here.platform())) {
            throw new UserError(
                    "the image " + image.reference() + " is for " + here.platform() + ", and host " + host + " is "
                            + platform,
                    "build it for that: platform: " + platform);
        }
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UserError(
                    "interrupted while an image was sent",
                    "run the command again: what has arrived does not travel again",
                    ExitCode.FAILED,
                    interrupted);
        }
    }

    /** Removes what is on its way. */
    @Override
    public void close() {
        saved.close();
    }
}
