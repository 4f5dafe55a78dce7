package dev.portolan.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Runs the benchmarks; see {@code bench/run}. */
public final class Bench {
    private static final List<String> PARTS = List.of("compose", "wave", "rollback", "startup", "config", "images");

    private Bench() {}

    /** @param arguments the project's folder, then the parts to run; all of them when none is named */
    public static void main(String[] arguments) throws Exception {
        Path source = Path.of(arguments[0]);
        Set<String> parts = new TreeSet<>(Arrays.asList(arguments).subList(1, arguments.length));
        if (!PARTS.containsAll(parts)) {
            System.err.println("usage: bench/run [" + String.join("] [", PARTS) + "]");
            System.exit(2);
        }
        if (parts.isEmpty()) {
            parts.addAll(PARTS);
        }
        stopWell(Thread.currentThread());
        run(source, parts, new Report(System.out));
    }

    /** On Ctrl-C what was made is removed before the process ends. */
    private static void stopWell(Thread work) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            work.interrupt();
            try {
                work.join(Duration.ofMinutes(1));
            } catch (InterruptedException unlikely) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    private static void run(Path source, Set<String> parts, Report report) throws Exception {
        report.say(Runtime.getRuntime().availableProcessors() + " processors, Java "
                + Runtime.version().feature() + ", " + System.getProperty("os.arch"));
        if (parts.contains("config")) {
            new ConfigPart(source, report).run();
        }
        if (parts.contains("images")) {
            Path folder = Files.createTempDirectory("pbench-images");
            try {
                new ImagesPart(folder, report).run();
            } finally {
                new Program(source, Map.of()).run(List.of("rm", "-rf", folder.toString()));
            }
        }
        if (!List.of("config", "images").containsAll(parts)) {
            runOnEngine(source, parts, report);
        }
    }

    private static void runOnEngine(Path source, Set<String> parts, Report report) throws Exception {
        try (Machine machine = Machine.open(source)) {
            report.say("Docker Engine " + machine.engine().info().version());
            if (parts.contains("compose")) {
                new ComposePart(machine, report).run();
            }
            if (parts.contains("wave") || parts.contains("rollback") || parts.contains("startup")) {
                try (DeployedApp app = DeployedApp.up(machine, "bench", 3)) {
                    if (parts.contains("wave")) {
                        new WavePart(machine, app, report).run();
                    }
                    if (parts.contains("rollback")) {
                        new RollbackPart(app, report).run();
                    }
                    if (parts.contains("startup")) {
                        new StartUpPart(machine, app, report).run();
                    }
                }
            }
        }
    }
}
