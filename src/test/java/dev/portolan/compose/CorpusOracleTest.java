package dev.portolan.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The answers of the corpus are still those of the real Docker Compose. Asks it about a part of the corpus where it has been built,
 * and about all of it with {@code -Dcompose.oracle=true}, which builds it first: that needs Go, and takes two minutes.
 */
class CorpusOracleTest {
    private static final Path MODULE = Path.of("src/test/compose-oracle").toAbsolutePath();
    private static final Path COMPOSE = Path.of("target/compose-oracle/docker-compose");
    private static final boolean WHOLE = Boolean.getBoolean("compose.oracle");
    private static final int PART = 25;

    @TempDir
    Path copies;

    @Test
    void theAnswersAreThoseOfTheRealDockerCompose() throws IOException, InterruptedException {
        assumeTrue(
                WHOLE || isBuilt(),
                "the real Docker Compose is not in target: build it with src/test/compose-oracle/golden --build");
        List<CorpusCase> asked = new ArrayList<>(CorpusCase.all());
        asked.removeIf(project -> !WHOLE && Math.floorMod(project.name().hashCode(), PART) != 0);
        assertThat(asked).hasSizeGreaterThan(10);
        for (CorpusCase project : asked) {
            copy(CorpusCase.CORPUS.resolve(project.name()), copies.resolve(project.name()));
        }

        askAgain(asked);

        for (CorpusCase project : asked) {
            assertThat(answers(copies.resolve(project.name())))
                    .as(project.name())
                    .isEqualTo(answers(CorpusCase.CORPUS.resolve(project.name())));
        }
    }

    private static boolean isBuilt() throws IOException {
        return Files.isExecutable(COMPOSE)
                && Files.getLastModifiedTime(COMPOSE).compareTo(Files.getLastModifiedTime(MODULE.resolve("go.mod")))
                        >= 0;
    }

    private void askAgain(List<CorpusCase> asked) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(MODULE.resolve("golden").toString()));
        asked.forEach(project -> command.add(project.name()));
        ProcessBuilder golden = new ProcessBuilder(command);
        golden.environment().put("CORPUS", copies.toString());
        File output = copies.resolve("output").toFile();
        Process process =
                golden.redirectErrorStream(true).redirectOutput(output).start();
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output.toPath())).isZero();
    }

    /** The answers by the names of their files. Of a refusal only that it is one: its words name one of several culprits at random. */
    private static Map<String, String> answers(Path folder) throws IOException {
        Map<String, String> answers = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = folder.relativize(file).toString();
                if (name.equals("expected-error") || name.endsWith("-refused")) {
                    answers.put(name, "refused");
                } else if (name.startsWith("expected")) {
                    answers.put(name, Files.readString(file));
                }
            }
        }
        return answers;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.walk(from)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                try {
                    Path copy = to.resolve(from.relativize(file).toString());
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
        }
    }
}
