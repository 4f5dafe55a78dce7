package dev.portolan.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Runs Jazzer on a target, in a JVM of its own. A target's files lie in a folder: {@code seeds}; {@code corpus}, from where a later
 * run goes on; {@code finds}; and the {@code log}.
 */
final class Fuzzer {
    /** The same each time, so that a build fails because of what was changed and not by chance. */
    private static final long SEED = Long.getLong("fuzz.seed", 1);

    /** Beyond the time for which it is to try inputs: the start on a busy machine, and one last input that hangs. */
    private static final Duration GRACE = Duration.ofMinutes(3);

    private final Target target;
    private final String className;
    private final Path folder;
    private final List<String> flagsOfJava = new ArrayList<>();

    Fuzzer(Target target, Path folder) {
        this(target, target.className(), folder);
    }

    /** Another class in the place of the target's own. */
    Fuzzer(Target target, String className, Path folder) {
        this.target = target;
        this.className = className;
        this.folder = folder;
    }

    Fuzzer withFlagOfJava(String flag) {
        flagsOfJava.add(flag);
        return this;
    }

    /** Tries inputs for so long, and no more than any machine would. */
    Outcome run(Duration time) throws IOException, InterruptedException {
        Path seeds = empty(folder.resolve("seeds"));
        Set<String> texts = Seeds.of(target);
        int number = 0;
        for (String text : texts) {
            Files.writeString(seeds.resolve(String.valueOf(number++)), text);
        }
        Path dictionary = Files.write(folder.resolve("dictionary"), Seeds.dictionary(texts));
        return run(
                time,
                Optional.empty(),
                List.of(
                        "-dict=" + dictionary,
                        "-max_total_time=" + time.toSeconds(),
                        "-runs=" + target.inputsInAMinute() * time.toSeconds() / 60,
                        "-seed=" + SEED,
                        Files.createDirectories(folder.resolve("corpus")).toString(),
                        seeds.toString(),
                        Files.createDirectories(folder.resolve("finds")).toString()));
    }

    /** Tries one input. */
    Outcome run(Path input) throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("finds"));
        return run(Duration.ZERO, Optional.of(input), List.of(input.toString()));
    }

    private Outcome run(Duration time, Optional<Path> only, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // What a reading needs beyond this is a find
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        command.addAll(1, flagsOfJava);
        command.addAll(List.of(
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + className,
                "--instrumentation_includes=dev.portolan.**",
                "--custom_hook_includes=dev.portolan.**",
                // Targets read the files that an input names, and are meant to
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.FilePathTraversal",
                "--reproducer_path=" + folder,
                "--keep_going=15",
                "-artifact_prefix=" + folder.resolve("finds") + "/",
                "-max_len=" + Seeds.LONGEST,
                "-timeout=10"));
        command.addAll(arguments);
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(time.plus(GRACE).toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("the fuzzer does not end:\n" + Files.readString(log));
            }
        } finally {
            process.destroyForcibly();
        }
        return FuzzLog.outcome(Files.readString(log), process.exitValue(), only);
    }

    private static Path empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
        return Files.createDirectories(folder);
    }
}
