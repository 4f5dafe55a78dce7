package dev.portolan.docker.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portolan.host.ByteStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** What a hook writes, line by line; read beside the one that waits for it, so that waiting can have a limit. */
final class HookOutput implements AutoCloseable {
    /** The rest of a longer line is left out. */
    private static final int LONGEST_LINE = 4096;

    private final ByteStream stream;
    private final Consumer<String> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final CompletableFuture<Optional<IOException>> end = new CompletableFuture<>();
    private final Thread reader;

    HookOutput(ByteStream stream, Consumer<String> lines) {
        this.stream = stream;
        this.lines = lines;
        this.reader = Thread.ofVirtual().start(this::read);
    }

    /**
     * Waits for the end of the output.
     *
     * @return whether it came in time
     */
    boolean endsWithin(Duration limit) throws IOException {
        try {
            Optional<IOException> broken = end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (broken.isPresent()) {
                throw broken.get();
            }
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new java.nio.channels.ClosedByInterruptException();
        }
    }

    /** Afterwards no more lines come. */
    @Override
    public void close() throws IOException {
        stream.close();
        try {
            reader.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        Optional<IOException> broken = Optional.empty();
        try {
            new FrameReader(stream.input()).readAll((error, bytes, length, last) -> accept(bytes, length));
        } catch (IOException failed) {
            broken = Optional.of(failed);
        }
        if (line.size() > 0) {
            endLine();
        }
        end.complete(broken);
    }

    private void accept(byte[] bytes, int length) {
        for (int index = 0; index < length; index++) {
            if (bytes[index] == '\n') {
                endLine();
            } else if (line.size() < LONGEST_LINE) {
                line.write(bytes[index]);
            }
        }
    }

    private void endLine() {
        lines.accept(line.toString(UTF_8).stripTrailing());
        line.reset();
    }
}
