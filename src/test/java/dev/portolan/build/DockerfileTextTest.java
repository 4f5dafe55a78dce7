package dev.portolan.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DockerfileTextTest {
    private static final String TEXT = """
            # syntax=docker/dockerfile:1
            ARG VERSION=1
            from base:$VERSION AS one
            COPY --from=assets /x /x
            FROM one
            COPY --from=0 /x /y
            RUN --mount=type=bind,from=0,target=/m \\
                make   all
            """;

    @Test
    void namesBecomeStagesInFrontOfTheFirstOne() {
        assertThat(DockerfileText.of(TEXT)
                        .withStages(Map.of("assets", "shop-web-source-1:ab", "base", "shop-base:cd"))
                        .text())
                .isEqualTo("""
            # syntax=docker/dockerfile:1
            ARG VERSION=1
            FROM shop-web-source-1:ab AS assets
            FROM shop-base:cd AS base
            from base:$VERSION AS one
            COPY --from=assets /x /x
            FROM one
            COPY --from=2 /x /y
            RUN --mount=type=bind,from=2,target=/m \\
                make   all
            """);
    }

    @Test
    void linesAndNumbersAreThoseOfThePersonsFile() {
        DockerfileText text = DockerfileText.of(TEXT).withStages(Map.of("assets", "x"));

        assertThat(text.originalLine(2)).isEqualTo(2);
        assertThat(text.originalLine(4)).isEqualTo(3);
        assertThat(text.originalLine(7)).isEqualTo(6);
        assertThat(text.target("1")).isEqualTo("2");
        assertThat(text.target("one")).isEqualTo("one");
        assertThat(DockerfileText.of(TEXT).target("1")).isEqualTo("1");
    }

    @Test
    void anInstructionIsFoundHoweverItIsBroken() {
        DockerfileText text = DockerfileText.of(TEXT);

        assertThat(text.lineOf("RUN --mount=type=bind,from=0,target=/m     make   all"))
                .hasValue(7);
        assertThat(text.lineOf("COPY --from=0 /x /y")).hasValue(6);
        assertThat(text.lineOf("from base:1 AS one")).hasValue(3);
        assertThat(text.lineOf("COPY nothing")).isEmpty();
    }

    @Test
    void withoutNamesNothingChanges() {
        assertThat(DockerfileText.of(TEXT).withStages(Map.of())).isEqualTo(DockerfileText.of(TEXT));
    }
}
