package dev.portolan.cli;

import dev.portolan.testing.Commands;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command line as a process of its own, as a person without a terminal or a script starts it. */
final class PortolanProcess {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Process process;
    private final Captured output;
    private final Captured error;

    /** How a process ended. */
    record Ended(int exit, ByteBuffer bytes, String output, String error) {}

    private PortolanProcess(Process process) {
        this.process = process;
        this.output = new Captured(process.getInputStream());
        this.error = new Captured(process.getErrorStream());
    }

    static PortolanProcess start(Path folder, Map<String, String> environment, List<String> line) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.portolan.Main"));
        words.addAll(line);
        ProcessBuilder builder = new ProcessBuilder(Commands.interruptible(words)).directory(folder.toFile());
        builder.environment().putAll(environment);
        return new PortolanProcess(builder.start());
    }

    /** Gives it all of its input. */
    PortolanProcess write(byte[] input) throws IOException {
        try (var stream = process.getOutputStream()) {
            stream.write(input);
        }
        return this;
    }

    /** Waits until it has written this to its output. */
    PortolanProcess awaitOutput(String text) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!output.text().contains(text)) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                throw new AssertionError("never said \"" + text + "\": " + output.text() + error.text());
            }
            Thread.sleep(20);
        }
        return this;
    }

    PortolanProcess signal(String name) throws IOException {
        Commands.run("kill", "-" + name, Long.toString(process.pid()));
        return this;
    }

    Ended await() throws InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("did not end: " + output.text() + error.text());
        }
        return new Ended(process.exitValue(), ByteBuffer.wrap(output.all()), output.text(), error.text());
    }

    /** What comes out of a stream, read by a thread of its own. */
    private static final class Captured {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final Thread reader;

        Captured(InputStream stream) {
            reader = Thread.ofVirtual().start(() -> {
                try {
                    stream.transferTo(bytes);
                } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                }
            });
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }

        byte[] all() throws InterruptedException {
            reader.join();
            return bytes.toByteArray();
        }
    }
}
