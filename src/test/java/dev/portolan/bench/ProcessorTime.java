package dev.portolan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Processor time of processes of this machine, as the kernel counts it for each thread. */
record ProcessorTime(Predicate<Path> processes) {
    private static final Path PROC = Path.of("/proc");

    /** All processes of a container. */
    static ProcessorTime ofContainer(String id) {
        return new ProcessorTime(process -> text(process.resolve("cgroup")).contains(id));
    }

    /** The processes by which the engine publishes a port. */
    static ProcessorTime ofPublishedPort(int port) {
        return new ProcessorTime(process -> {
            List<String> words = List.of(text(process.resolve("cmdline")).split("\0"));
            return words.getFirst().endsWith("docker-proxy") && words.contains(Integer.toString(port));
        });
    }

    /** Of these and of those. */
    ProcessorTime and(ProcessorTime others) {
        return new ProcessorTime(processes.or(others.processes()));
    }

    /** Used so far by those that run now. */
    Duration used() throws IOException {
        long nanos = 0;
        for (Path process : list(PROC)) {
            if (Character.isDigit(process.getFileName().toString().charAt(0)) && processes.test(process)) {
                for (Path thread : list(process.resolve("task"))) {
                    String statistics = text(thread.resolve("schedstat"));
                    nanos +=
                            statistics.isEmpty() ? 0 : Long.parseLong(statistics.split(" ", 2)[0]);
                }
            }
        }
        return Duration.ofNanos(nanos);
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /** Empty for a process that has ended meanwhile. */
    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException ended) {
            return "";
        }
    }
}
