package dev.portolan.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.fuzz.Outcome.Find;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FuzzLogTest {
    private static final String START = "INFO: Loaded 1704 hooks\n#953\tINITED cov: 5466 ft: 24988\n";

    @Test
    void aRunWithoutAFindSaysHowManyInputsItTried() throws IOException {
        assertThat(outcome(START + "Done 38714 runs in 41 second(s)\n", 0)).isEqualTo(new Outcome.Nothing(38_714));
    }

    @Test
    void everyFindIsTakenWithItsStackAlsoWhereTheRunWentOn() throws IOException {
        String log = START
                + "\n== Java Exception: java.lang.AssertionError: one\n\tat A.b(A.java:1)\n== libFuzzer crashing input ==\n0x6f\n"
                + "artifact_prefix='finds/'; Test unit written to finds/crash-1\n#960\tNEW cov: 1\n"
                + "ALARM: working on the last Unit for 10 seconds\n"
                + "artifact_prefix='finds/'; Test unit written to finds/timeout-2\nStack traces of all JVM threads:\n";

        assertThat(((Outcome.Found) outcome(log, 0)).finds())
                .extracting(Find::input)
                .isEqualTo(List.of(Path.of("finds/crash-1"), Path.of("finds/timeout-2")));
        assertThat(((Outcome.Found) outcome(log, 70)).finds())
                .extracting(Find::message)
                .containsExactly(
                        "== Java Exception: java.lang.AssertionError: one\n\tat A.b(A.java:1)",
                        "ALARM: working on the last Unit for 10 seconds\nartifact_prefix='finds/'; Test unit written to"
                                + " finds/timeout-2\nStack traces of all JVM threads:");
    }

    @Test
    void aMachineWithoutTheLibraryOfJazzerCannotRunIt() throws IOException {
        String missing = "java.lang.UnsatisfiedLinkError: Failed to find native library 'jazzer_driver' for OS 'linux'";

        assertThat(outcome("Caused by: " + missing + "\n\tat A.b(A.java:1)\n", 1))
                .isEqualTo(new Outcome.CannotRun(missing));
    }

    @Test
    void aRunThatDoesNotEndWellIsNoRun() {
        assertThatThrownBy(() -> outcome("ERROR: 'no.Such' not found on classpath\n", 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'no.Such' not found");
        assertThatThrownBy(() -> outcome(START, 0)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> outcome(START + "java.lang.UnsatisfiedLinkError: x\n", 1))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aFindIsReportedWithItsInputAndTheCommandThatTriesItAgain(@TempDir Path folder) throws IOException {
        Path input = Files.write(folder.resolve("crash-1"), new byte[] {'a', '"', '\n', '\t', 0, (byte) 0xe9, '\\'});

        assertThat(new Find(input, "== what happened").report(Target.PORTOLAN_FILE))
                .isEqualTo(
                        "== what happened\ninput: \"a\\\"\\n\\t\\x00\\xe9\\\\\"\nto see it again: ./mvnw verify -Dtest=NONE"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=FuzzIT -Dfuzz.target=portolan-file"
                                + " -Dfuzz.input=" + input + "\n");
    }

    @Test
    void aFindOfOneInputThatIsTriedAgainHasThatInput() throws IOException {
        String log =
                "Running: in\n\n== Java Exception: java.lang.AssertionError: one\n\tat A.b(A.java:1)\nExecuted in in 2 ms\n";

        assertThat(((Outcome.Found) FuzzLog.outcome(log, 0, Optional.of(Path.of("in")))).finds())
                .extracting(Find::input)
                .containsExactly(Path.of("in"));
        assertThatThrownBy(() -> outcome(log, 0)).hasMessageContaining("a find without its input");
    }

    private static Outcome outcome(String log, int exitCode) throws IOException {
        return FuzzLog.outcome(log, exitCode, Optional.empty());
    }
}
