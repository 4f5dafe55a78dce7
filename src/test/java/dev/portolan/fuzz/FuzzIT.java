package dev.portolan.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Inputs that nobody thought of, made by Jazzer, which sees what each of them reaches in the code. Every target gets a minute, or as many inputs as any machine tries in one;
 * {@code -Dfuzz.seconds=3600} gives it an hour, {@code -Dfuzz.target=reader} runs one only, and {@code -Dfuzz.input=FILE} tries one
 * input again.
 */
class FuzzIT {
    private static final Path FOLDER = Path.of("target/fuzz");
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("fuzz.seconds", 60));
    private static final Optional<String> ONLY = Optional.ofNullable(System.getProperty("fuzz.target"));
    private static final Optional<Path> INPUT =
            Optional.ofNullable(System.getProperty("fuzz.input")).map(Path::of);
    private static final ExecutorService TWO_AT_A_TIME = Executors.newFixedThreadPool(2);

    private static final Map<Target, Future<Outcome>> RUNS = new EnumMap<>(Target.class);

    @TempDir
    Path folder;

    static Stream<Target> targets() {
        Target[] chosen = Arrays.stream(Target.values())
                .filter(target -> ONLY.map(target.toString()::equals).orElse(true))
                .toArray(Target[]::new);
        assertThat(chosen).as("targets that -Dfuzz.target names").isNotEmpty();
        return Arrays.stream(chosen);
    }

    @BeforeAll
    static void startAll() {
        targets().forEach(target -> {
            Fuzzer fuzzer = new Fuzzer(target, FOLDER.resolve(target.toString()));
            Callable<Outcome> run = INPUT.isPresent() ? () -> fuzzer.run(INPUT.get()) : () -> fuzzer.run(TIME);
            RUNS.put(target, TWO_AT_A_TIME.submit(run));
        });
    }

    @AfterAll
    static void stopAll() {
        TWO_AT_A_TIME.shutdownNow();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("targets")
    void noInputBreaksARule(Target target) throws IOException, InterruptedException, ExecutionException {
        switch (RUNS.get(target).get()) {
            case Outcome.Nothing nothing -> System.out.println("fuzz." + target + ": " + nothing.inputs() + " inputs");
            case Outcome.CannotRun cannot -> abort("Jazzer cannot run here: " + cannot.reason());
            case Outcome.Found found -> {
                StringBuilder reports = new StringBuilder();
                for (Outcome.Find find : found.finds()) {
                    reports.append('\n').append(find.report(target));
                }
                fail(reports.toString());
            }
        }
    }

    @Test
    void whatIsBrokenIsFound() throws IOException, InterruptedException {
        Path input = Files.writeString(folder.resolve("input"), "boom");

        switch (broken().run(input)) {
            case Outcome.Found found ->
                assertThat(found.finds().getFirst().report(Target.READER))
                        .contains("what is broken is found: boom", "BrokenFuzz.fuzzerTestOneInput", "input: \"boom\"");
            case Outcome.Nothing nothing -> fail("nothing was found");
            case Outcome.CannotRun cannot -> abort("Jazzer cannot run here: " + cannot.reason());
        }
    }

    @Test
    void aMachineForWhichJazzerHasNoLibraryIsTold() throws IOException, InterruptedException {
        Path input = Files.writeString(folder.resolve("input"), "boom");

        assertThat(broken().withFlagOfJava("-Dos.arch=riscv64").run(input))
                .isInstanceOfSatisfying(
                        Outcome.CannotRun.class,
                        cannot -> assertThat(cannot.reason()).contains("riscv64"));
    }

    private Fuzzer broken() {
        return new Fuzzer(Target.READER, BrokenFuzz.class.getName(), folder);
    }
}
