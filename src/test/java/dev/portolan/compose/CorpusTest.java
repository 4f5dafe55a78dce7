package dev.portolan.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.Problem;
import dev.portolan.model.Problem.Severity;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every project of the corpus means here what it means in Docker Compose. */
class CorpusTest {
    /** Where no line is at fault: a file that is not there or has nothing in it, a name from the command line. */
    private static final Set<String> WITHOUT_A_LINE = Set.of(
            "dotenv/missing-explicit-file",
            "files/folder-as-file",
            "files/missing-file-flag",
            "variables/compose-file-missing",
            "variables/disable-env-file-nonsense",
            "variables/project-name-flag-with-capitals",
            "variables/project-name-in-environment-with-capitals",
            "yaml/empty-file",
            "yaml/only-comments");

    static Stream<CorpusCase> read() {
        return CorpusCase.all().stream()
                .filter(project -> project.json().isPresent())
                .filter(project -> !CorpusCase.differences().containsKey(project.name()));
    }

    static Stream<CorpusCase> refused() {
        return CorpusCase.all().stream()
                .filter(project -> project.error().isPresent())
                .filter(project -> !CorpusCase.differences().containsKey(project.name()));
    }

    static Stream<CorpusCase> different() {
        return CorpusCase.all().stream()
                .filter(project -> CorpusCase.differences().containsKey(project.name()));
    }

    @ParameterizedTest
    @MethodSource("read")
    void theJsonIsThatOfDockerCompose(CorpusCase project) {
        CanonicalReading reading = CorpusReading.read(project);

        assertThat(errors(reading)).as(project.name()).isEmpty();
        assertThat(JsonTrees.differences(project.json().orElseThrow(), json(project, reading)))
                .as(project.name())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("read")
    void nothingIsWarnedOfThatDockerComposeIsSilentAbout(CorpusCase project) {
        boolean warned = !CorpusReading.read(project).problems().isEmpty();

        assertThat(warned).as(project.name()).isEqualTo(project.warnings().isPresent());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatDockerComposeRefusesIsRefusedWithThePlace(CorpusCase project) {
        List<Problem> errors = errors(CorpusReading.read(project));

        assertThat(errors).as(project + ": " + project.error().orElseThrow()).isNotEmpty();
        if (!WITHOUT_A_LINE.contains(project.name())) {
            assertThat(errors).as(project.name()).allSatisfy(error -> {
                assertThat(error.location().file()).isNotEmpty();
                assertThat(error.location().line()).isPositive();
                assertThat(error.location().column()).isPositive();
            });
        }
    }

    @ParameterizedTest
    @MethodSource("different")
    void aDifferenceIsListedOnlyAsLongAsItIsOne(CorpusCase project) {
        CanonicalReading reading = CorpusReading.read(project);

        boolean same = switch (reading) {
            case CanonicalReading.Refused _ -> project.error().isPresent();
            case CanonicalReading.Read _ ->
                project.json()
                        .filter(json -> JsonTrees.differences(json, json(project, reading))
                                .isEmpty())
                        .isPresent();
        };
        assertThat(same).as(project.name()).isFalse();
    }

    @Test
    void everyListedDifferenceIsACase() {
        assertThat(CorpusCase.all().stream().map(CorpusCase::name))
                .hasSizeGreaterThan(450)
                .containsAll(CorpusCase.differences().keySet());
    }

    private static String json(CorpusCase project, CanonicalReading reading) {
        return project.portable(((CanonicalReading.Read) reading).project().json());
    }

    private static List<Problem> errors(CanonicalReading reading) {
        return reading.problems().stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .toList();
    }
}
