package dev.portolan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.compose.CorpusCase;
import dev.portolan.compose.JsonTrees;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code portolan config} answers every way of asking that the corpus has as {@code docker compose config} does. */
class CorpusAnswersTest {
    /** What Docker Compose prints in no order, and in columns of its own. */
    private static final Set<String> LISTS = Set.of(
            "--services",
            "--images",
            "--volumes",
            "--networks",
            "--profiles",
            "--models",
            "--variables",
            "--environment");

    static Stream<CorpusCase.Answer> answers() {
        return CorpusCase.all().stream()
                .filter(project -> !CorpusCase.differences().containsKey(project.name()))
                .flatMap(project -> project.answers().stream());
    }

    @ParameterizedTest
    @MethodSource("answers")
    void theAnswerIsThatOfDockerCompose(CorpusCase.Answer answer) {
        CommandLineRun portolan = new CommandLineRun(answer.of().folder());
        answer.of().environment().forEach(portolan::setVariable);
        List<String> line = new ArrayList<>(List.of("config"));
        line.addAll(answer.options());
        line.addAll(answer.of().arguments());

        int exitCode = portolan.run(line.toArray(String[]::new));

        String output = answer.of().portable(portolan.output());
        if (answer.refused()) {
            assertThat(exitCode).as(answer + ": " + answer.text()).isEqualTo(2);
            assertThat(output).isEmpty();
            assertThat(portolan.error()).isNotBlank();
        } else {
            assertThat(exitCode).as(answer + ": " + portolan.error()).isZero();
            assertSame(answer, output);
        }
    }

    private static void assertSame(CorpusCase.Answer answer, String output) {
        if (LISTS.contains(answer.options().getFirst())) {
            assertThat(lines(output)).as(answer.toString()).isEqualTo(lines(answer.text()));
        } else if (answer.options().contains("json")) {
            assertThat(JsonTrees.differences(answer.text(), output))
                    .as(answer.toString())
                    .isEmpty();
        } else {
            assertThat(output.stripTrailing())
                    .as(answer.toString())
                    .isEqualTo(answer.text().stripTrailing());
        }
    }

    private static List<String> lines(String text) {
        return text.lines()
                .map(line -> line.strip().replaceAll(" +", " "))
                .filter(line -> !line.isEmpty())
                .sorted()
                .toList();
    }

    @Test
    void thereAreAnswersToEveryFlagThatChangesThem() {
        assertThat(answers().flatMap(answer -> answer.options().stream()))
                .contains("--no-interpolate", "--no-normalize", "--no-path-resolution", "--no-consistency")
                .contains("--no-env-resolution", "--resolve-image-digests", "--lock-image-digests", "--quiet", "--hash")
                .containsAll(LISTS);
        assertThat(answers()).hasSizeGreaterThan(230);
    }
}
