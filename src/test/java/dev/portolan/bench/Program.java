package dev.portolan.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program of this machine as it is called by a person.
 *
 * @param environment added to this process's own
 */
record Program(Path folder, Map<String, String> environment) {

    /** @param at since the program was started */
    record Line(Duration at, String text) {}

    /**
     * @param took from before its process was made until it had ended
     * @param lines of both streams together
     */
    record Output(Duration took, List<Line> lines) {

        String text() {
            return String.join("\n", lines.stream().map(Line::text).toList());
        }
    }

    /** The command that runs a class of ours in a Java of its own, with the options of the launcher. */
    static List<String> java(Class<?> main) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
    }

    /** Runs a command to its end; another exit code than 0 is an error. */
    Output run(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().putAll(environment);
        long began = System.nanoTime();
        Process process = builder.start();
        List<Line> lines = new ArrayList<>();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(new Line(Duration.ofNanos(System.nanoTime() - began), line));
            }
        }
        int exit = exitOf(process);
        Output ended = new Output(Duration.ofNanos(System.nanoTime() - began), List.copyOf(lines));
        if (exit != 0) {
            throw new IOException(String.join(" ", command) + " exited with " + exit + ":\n" + ended.text());
        }
        return ended;
    }

    private static int exitOf(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            process.destroy();
            throw new InterruptedIOException();
        }
    }
}
