package dev.portolan.testing;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands of the machine that tests need. */
public final class Commands {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private Commands() {}

    /** Runs a command to its end and returns what it wrote, both streams together; another exit code than 0 is an error. */
    public static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(List.of(command) + " failed: " + output);
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
        return output;
    }

    /**
     * The words that start a command so that Ctrl-C reaches it. A process inherits what its parent ignores, and a shell without a
     * terminal lets everything that it starts with {@code &} ignore Ctrl-C: so do the tests themselves when a script runs them.
     */
    public static List<String> interruptible(List<String> command) {
        List<String> words = new ArrayList<>(List.of("env", "--default-signal=INT"));
        words.addAll(command);
        return words;
    }

    public static void pause(Duration duration) throws IOException {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
