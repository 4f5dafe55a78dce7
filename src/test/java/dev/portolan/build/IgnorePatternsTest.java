package dev.portolan.build;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnorePatternsTest {

    @ParameterizedTest
    @CsvSource({
        "node_modules, node_modules, true",
        "node_modules, node_modules/a/b.js, true",
        "node_modules, src/node_modules, false",
        "/node_modules/, node_modules/a, true",
        "**/*.log, a.log, true",
        "**/*.log, src/deep/b.log, true",
        "*.log, src/b.log, false",
        "docs/*.md, docs/a.md, true",
        "docs/*.md, docs/deep/a.md, false",
        "docs/**, docs/deep/a.md, true",
        "./tmp/../log, log/a, true",
        "file?.txt, file1.txt, true",
        "file?.txt, file/.txt, false",
        "file[0-9].txt, file7.txt, true",
        "file[^0-9].txt, file7.txt, false",
        "a+b, a+b, true",
        "a+b, aab, false",
        "*, anything/below, true",
        "# node_modules, node_modules, false",
    })
    void aPatternIsReadAsDockerReadsIt(String pattern, String path, boolean ignored) {
        assertThat(IgnorePatterns.parse(pattern).ignores(path)).isEqualTo(ignored);
    }

    @Test
    void theLastPatternThatMatchesDecides() {
        var patterns = IgnorePatterns.parse("*\n!src\n\nsrc/*.log\n! src/keep.log\n");

        assertThat(patterns.ignores("README.md")).isTrue();
        assertThat(patterns.ignores("src/main.rb")).isFalse();
        assertThat(patterns.ignores("src/a.log")).isTrue();
        assertThat(patterns.ignores("src/keep.log")).isFalse();
    }
}
