package dev.portolan.images;

import dev.portolan.docker.EngineException;
import dev.portolan.docker.ImageStore;
import dev.portolan.docker.ImageStore.Loading;
import dev.portolan.host.HostUploads;
import dev.portolan.model.ExitCode;
import dev.portolan.model.UserError;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Brings a saved image to one engine. The engine is asked for the image without any layer: its answer says which layer it lacks first,
 * or that it has the image now. Layers travel a few at a time and stay there, so that what has arrived never travels again; a large
 * one waits in a file of the host until all of it is there.
 */
final class ImageTransfer {
    /** Small layers travel together up to here, and larger ones by way of a file. */
    static final long GROUP_BYTES = 16 << 20;

    private static final int MOST_FAILURES = 6;
    private static final int MOST_LOSSES = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(2);

    private final ImageStore target;
    private final Optional<HostUploads> uploads;
    private final Pauses pauses;
    private final SavedImage image;
    private final List<String> names;
    private final Consumer<String> progress;

    private int failures;
    private long arrived;

    /** How long to wait before a connection is tried again. */
    @FunctionalInterface
    interface Pauses {
        void sleep(Duration duration);
    }

    /** What became of an archive that the engine has read. */
    private sealed interface Delivery {

        record Taken() implements Delivery {}

        /** @param layer that is not in the archive either */
        record Lacks(int layer) implements Delivery {}

        record Refused(UserError failure) implements Delivery {}
    }

    /**
     * @param uploads empty where the host keeps no files for its engine
     * @param names of the image on the target
     * @param progress one line at a time
     */
    ImageTransfer(
            ImageStore target,
            Optional<HostUploads> uploads,
            Pauses pauses,
            SavedImage image,
            List<String> names,
            Consumer<String> progress) {
        this.target = target;
        this.uploads = uploads;
        this.pauses = pauses;
        this.image = image;
        this.names = List.copyOf(names);
        this.progress = progress;
    }

    /**
     * Returns once the engine has the image.
     *
     * @throws UserError when the engine or the host refuses it, or the connection breaks again and again
     */
    void run() {
        int all = image.layers().size();
        if (again(target::takesWholeImagesOnly)) {
            sendWhole();
            return;
        }
        Delivery first = again(() -> deliver(archive(all, all)));
        switch (first) {
            case Delivery.Taken() -> {}
            case Delivery.Lacks(int layer) -> {
                progress.accept(TransferText.lacking(layer, image));
                sendFrom(layer);
            }
            case Delivery.Refused _ -> sendWhole(); // in words that we do not know
        }
        again(() -> {
            target.removeParts(LoadArchive.partOf(names));
            return all;
        });
    }

    private void sendWhole() {
        progress.accept("its engine takes an image only as a whole: "
                + TransferText.megabytes(archive(0, image.layers().size()).layerBytes()) + " to send");
        Delivery sent = again(() -> deliver(archive(0, image.layers().size())));
        switch (sent) {
            case Delivery.Taken() -> {}
            case Delivery.Lacks(int layer) -> throw new IllegalStateException("layer " + layer + " was sent");
            case Delivery.Refused(UserError failure) -> throw failure;
        }
    }

    private void sendFrom(int lacking) {
        int next = lacking;
        int lost = 0;
        while (next < image.layers().size()) {
            int end = endOfGroup(next);
            LoadArchive archive = archive(next, end);
            switch (again(() -> deliver(archive))) {
                case Delivery.Taken() -> next = end;
                case Delivery.Lacks(int layer) -> {
                    next = layer; // somebody has tidied up meanwhile
                    lost++;
                }
                case Delivery.Refused(UserError failure) -> throw failure;
            }
            if (lost > MOST_LOSSES) {
                throw new UserError(
                        "layers of the image " + String.join(", ", names) + " do not stay on the host's engine",
                        "see who removes images there, such as a timer with docker image prune, and deploy again");
            }
        }
    }

    private LoadArchive archive(int from, int to) {
        return new LoadArchive(image, names, from, to);
    }

    private int endOfGroup(int from) {
        int end = from + 1;
        long bytes = image.layers().get(from).size();
        while (end < image.layers().size() && bytes + image.layers().get(end).size() <= GROUP_BYTES) {
            bytes += image.layers().get(end).size();
            end++;
        }
        return end;
    }

    private Delivery deliver(LoadArchive archive) throws IOException {
        if (archive.layerBytes() > GROUP_BYTES && uploads.isPresent()) {
            OptionalLong there = uploads.get().size(archive.fileName());
            if (there.isPresent()) {
                return byFile(archive, uploads.get(), there.getAsLong());
            }
        }
        return switch (target.load(output -> archive.writeTo(output, 0, meter()))) {
            case Loading.Loaded() -> new Delivery.Taken();
            case Loading.Refused(EngineException failure) -> refused(archive, failure.message(), failure);
        };
    }

    private Delivery byFile(LoadArchive archive, HostUploads host, long there) throws IOException {
        String file = archive.fileName();
        if (there > arrived) {
            arrived = there;
            failures = 0;
        }
        if (there > 0) {
            progress.accept(
                    "going on where it was: the host has " + TransferText.megabytes(there) + " of it, compressed");
        }
        AtomicBoolean sent = new AtomicBoolean();
        HostUploads.Handed handed = host.finish(file, output -> {
            archive.writeTo(output, there, meter());
            sent.set(true);
        });
        if (!handed.taken() && !sent.get()) {
            throw new IOException(handed.words()); // such as an engine that was restarted; what has come stays
        }
        host.remove(file);
        arrived = 0;
        if (!handed.taken() && there > 0) {
            throw new IOException("what an earlier command had sent was of no use: " + handed.words());
        }
        return handed.taken()
                ? new Delivery.Taken()
                : refused(
                        archive,
                        handed.words(),
                        new UserError(
                                "the engine did not take the image " + String.join(", ", names) + ": " + handed.words(),
                                "the engine's own log says more: journalctl -u docker",
                                ExitCode.FAILED));
    }

    /** A layer that is in the archive cannot be missing: then the engine means something else. */
    private static Delivery refused(LoadArchive archive, String words, UserError failure) {
        OptionalInt layer = LoadArchive.missingIn(words);
        boolean lacks =
                layer.isPresent() && archive.layers().stream().noneMatch(sent -> sent.index() == layer.getAsInt());
        return lacks ? new Delivery.Lacks(layer.getAsInt()) : new Delivery.Refused(failure);
    }

    private LoadArchive.Meter meter() {
        AtomicLong last = new AtomicLong(System.nanoTime());
        return (layer, bytes) -> {
            boolean complete = bytes == layer.size() && bytes > Layer.PIECE_BYTES;
            if (complete || System.nanoTime() - last.get() > BETWEEN_LINES.toNanos()) {
                last.set(System.nanoTime());
                progress.accept(TransferText.within(image, layer, bytes));
            }
        };
    }

    private interface Attempt<T> {
        T run() throws IOException;
    }

    /** Does it until it is not the connection that fails, or the connection has failed too often without anything arriving. */
    private <T> T again(Attempt<T> attempt) {
        while (true) {
            try {
                T result = attempt.run();
                failures = 0;
                return result;
            } catch (IOException broken) {
                retryAfter(new UserError(
                        "the connection to the host broke while an image was sent: " + broken.getMessage(),
                        "run the command again: what has arrived does not travel again",
                        ExitCode.FAILED,
                        broken));
            } catch (EngineException broken) {
                retryAfter(broken);
            }
        }
    }

    private void retryAfter(UserError failure) {
        failures++;
        if (failures > MOST_FAILURES || Thread.currentThread().isInterrupted()) {
            throw failure;
        }
        progress.accept(failure.message() + "; trying again");
        Duration pause = FIRST_PAUSE.multipliedBy(1L << failures);
        pauses.sleep(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    }
}
