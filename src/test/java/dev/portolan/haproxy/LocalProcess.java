package dev.portolan.haproxy;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** This machine's own HAProxy, as a process of the test. Unlike a container it does not start again by itself. */
public final class LocalProcess implements HaproxyProcess, AutoCloseable {
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/sbin/haproxy"), Path.of("/usr/local/sbin/haproxy"), Path.of("/usr/bin/haproxy"));

    private final Path output;
    private Optional<Process> running = Optional.empty();

    /** @param output file for what it says */
    public LocalProcess(Path output) {
        this.output = output;
    }

    public static boolean available() {
        return PLACES.stream().anyMatch(Files::isExecutable);
    }

    @Override
    public synchronized void start(HaproxyFolder folder) {
        if (running.isPresent() && running.get().isAlive()) {
            return;
        }
        List<String> command = new ArrayList<>(folder.command());
        command.set(
                0,
                PLACES.stream()
                        .filter(Files::isExecutable)
                        .findFirst()
                        .orElseThrow()
                        .toString());
        File file = output.toFile();
        try {
            running = Optional.of(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(file))
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills master and workers, so that nothing is left to say goodbye. */
    public synchronized void kill() {
        running.ifPresent(master -> {
            List<ProcessHandle> workers = master.descendants().toList();
            master.destroyForcibly();
            workers.forEach(ProcessHandle::destroyForcibly);
            try {
                if (!master.waitFor(10, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("HAProxy does not end");
                }
                for (ProcessHandle worker : workers) {
                    worker.onExit().get(10, TimeUnit.SECONDS);
                }
            } catch (InterruptedException
                    | java.util.concurrent.ExecutionException
                    | java.util.concurrent.TimeoutException e) {
                throw new IllegalStateException(e);
            }
        });
        running = Optional.empty();
    }

    @Override
    public void remove() {
        kill();
    }

    @Override
    public String lastWords() {
        try {
            return Files.exists(output) ? Files.readString(output) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean startsAsRoot() {
        return System.getProperty("user.name").equals("root");
    }

    @Override
    public void close() {
        kill();
    }
}
