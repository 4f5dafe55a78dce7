package dev.portolan.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command of Portolan as a process of its own, which can be killed as people's and machines' do. */
public final class PortolanProcess {
    private final Process process;
    private final Path output;

    private PortolanProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts a command, such as {@code deploy --yes}, for a version of the harbour's app. */
    public static PortolanProcess start(Harbour harbour, String version, String... arguments) throws IOException {
        return start(harbour, harbour.environment(version), List.of(arguments));
    }

    /** @param environment over that of the test */
    public static PortolanProcess start(Harbour harbour, Map<String, String> environment, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.portolan.Main"));
        command.addAll(arguments);
        command.addAll(
                List.of("--output", "json", "--directory", harbour.folder().toString()));
        Path output = Files.createTempFile(harbour.folder().getParent(), arguments.getFirst(), ".jsonl");
        ProcessBuilder builder = new ProcessBuilder(Commands.interruptible(command))
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new PortolanProcess(builder.start(), output);
    }

    /** Runs a command to its end. */
    public static Ended run(Harbour harbour, String version, String... arguments)
            throws IOException, InterruptedException {
        return start(harbour, version, arguments).await();
    }

    /**
     * What a command said, and how it ended.
     *
     * @param events in order; the last one is the summary
     */
    public record Ended(int exitCode, List<JsonNode> events) {

        public boolean said(String event) {
            return events.stream().anyMatch(line -> line.path("event").asText().equals(event));
        }

        public String result() {
            return events.getLast().path("result").asText();
        }
    }

    /** {@code kill -9}. Returns when the process is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Ctrl-C. */
    public void interrupt() throws IOException {
        Commands.run("kill", "-INT", Long.toString(process.pid()));
    }

    /** What it has said so far. */
    public String text() throws IOException {
        return Files.readString(output);
    }

    /** Waits for its end. */
    public Ended await() throws IOException, InterruptedException {
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            kill();
            throw new IOException("did not end: " + text());
        }
        List<JsonNode> events = new ArrayList<>();
        for (String line : text().lines().toList()) {
            try {
                events.add(new ObjectMapper().readTree(line));
            } catch (IOException e) {
                throw new IOException("not JSON: " + text(), e);
            }
        }
        return new Ended(process.exitValue(), events);
    }

    /** Ends what deploys have left in the background, to stop the old containers later. */
    static void endBackground(Harbour harbour) {
        ProcessHandle.allProcesses()
                .filter(handle -> commandLine(handle.pid()).contains("retire")
                        && commandLine(handle.pid()).contains(harbour.folder().toString()))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static List<String> commandLine(long process) {
        try {
            byte[] words = Files.readAllBytes(Path.of("/proc/" + process + "/cmdline"));
            return List.of(new String(words, StandardCharsets.UTF_8).split("\0", -1));
        } catch (IOException gone) {
            return List.of();
        }
    }

    /** Waits, for at most so long, until it has said something. */
    public void awaitText(String text, Duration limit) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!text().contains(text)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("never said " + text + ": " + text());
            }
            Thread.sleep(20);
        }
    }
}
