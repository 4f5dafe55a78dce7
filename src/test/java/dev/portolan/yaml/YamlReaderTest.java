package dev.portolan.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.portolan.model.Problem;
import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {

    @Test
    void everyValueKnowsItsLineAndColumn() {
        Mapping root = (Mapping) root("a: 1\nb:\n  - x\n  - \"2\"\n");

        assertThat(root.entry("b").orElseThrow().keyLocation()).isEqualTo(at(2, 1));
        Sequence list = (Sequence) root.value("b").orElseThrow();
        assertThat(list.location()).isEqualTo(at(3, 3));
        assertThat(list.items()).containsExactly(new Scalar("x", false, "", at(3, 5)), Scalar.string("2", at(4, 5)));
    }

    @Test
    void aDuplicateKeyIsAProblemWithBothPlaces() {
        assertThat(problems("web: 1\ndb: 2\nweb: 3\n"))
                .containsExactly("a.yaml:3:1: the key \"web\" is here a second time; it was set before at a.yaml:1:1;"
                        + " remove one of the two");
    }

    @Test
    void anAliasStandsForTheValueOfItsAnchor() {
        Mapping root = (Mapping) root("a: &x {k: v}\nb: *x\n");

        assertThat(root.value("b")).isEqualTo(root.value("a"));
    }

    @Test
    void mergedKeysFillInWhatTheMappingDoesNotSay() {
        Mapping root = (Mapping) root("x: &x {k: 1, l: 2}\ny: &y {k: 3, m: 4}\nz:\n  l: 5\n  <<: [*x, *y]\n");

        Mapping merged = (Mapping) root.value("z").orElseThrow();
        assertThat(merged.entries().stream().map(entry -> entry.key() + "=" + ((Scalar) entry.value()).text()))
                .containsExactly("l=5", "k=1", "m=4");
    }

    @Test
    void tagsOfComposeAreKeptAndThoseOfYamlAreUnderstood() {
        Mapping root =
                (Mapping) root("a: !reset null\nb: !override [x]\nc: !override {k: v}\nd: !!str 5\ne: !!int \"6\"\n");

        assertThat(root.entries().stream().map(entry -> entry.value().tag()))
                .containsExactly("!reset", "!override", "!override", "", "");
        assertThat(root.value("d")).contains(Scalar.string("5", at(4, 4)));
        assertThat(((Scalar) root.value("e").orElseThrow()).value().kind()).isEqualTo("a number");
    }

    @Test
    void allDocumentsAreRead() {
        assertThat(YamlReader.read("a.yaml", "a: 1\n---\nb: 2\n").documents()).hasSize(2);
        assertThat(YamlReader.read("a.yaml", "# nothing\n").documents()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1e6 | 1e+06",
                "0o14 | 12",
                "1_000 | 1000",
                "014 | 12",
                "1.10 | 1.1",
                "yes | yes",
                "True | true",
                "0x1F | 31",
                ".5 | 0.5",
                "12345678901234567890 | 12345678901234567890",
                "1.0 | 1",
                "+5 | 5",
                "100000000000000000000.5 | 1e+20",
                "1.5e-7 | 1.5e-07",
                "-0 | 0",
                ".inf | +Inf",
                "12e03 | 12000",
                "123456789.125 | 1.23456789125e+08",
                "08 | 8",
                "0b11 | 3",
                "1__0 | 10",
                "_1 | _1",
                "1.2.3 | 1.2.3",
                "80:80 | 80:80",
                "on | on",
                "0.0001 | 0.0001",
                "0.00001 | 1e-05",
                "-17.25 | -17.25",
                "99999999999999999999 | 1e+20"
            })
    void aPlainScalarMeansWhatItMeansToDockerCompose(String written, String text) {
        assertThat(((Scalar) ((Mapping) root("k: " + written)).value("k").orElseThrow())
                        .value()
                        .text())
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"~, nothing", "null, nothing", "false, a boolean", "1, a number", "2024-01-31, a date", "NO, a string"})
    void aPlainScalarHasAKind(String written, String kind) {
        assertThat(((Mapping) root("k: " + written)).value("k").orElseThrow().kind())
                .isEqualTo(kind);
    }

    @Test
    void theSeparatorsOfLinesAndParagraphsHaveEscapesInDoubleQuotesOnly() {
        Mapping root = (Mapping) root("a: \"1\\L2\\P\\\\L\\\"\\L\"\nb: \\L\nc: '\\L'\nd: \"\\P\"\ne: |\n  \\P\n");

        assertThat(root.entries().stream().map(entry -> ((Scalar) entry.value()).text()))
                .containsExactly("1\u20282\u2029\\L\"\u2028", "\\L", "\\L", "\u2029", "\\P\n");
        assertThat(((Scalar) root("\"\ud83d\ude00\\L\"")).text()).isEqualTo("\ud83d\ude00\u2028");
    }

    @Test
    void veryManyStringsWithEscapesThatTheYamlLibraryDoesNotKnowAreRefusedAtOnce() {
        assertTimeout(
                Duration.ofSeconds(10),
                () -> assertThat(problems("- \"\\L\"\n".repeat(100_000)))
                        .hasSize(1)
                        .first()
                        .asString()
                        .contains("found unknown escape character L"));
    }

    @Test
    void whatIsNotYamlIsAProblemAtItsPlace() {
        assertThat(problems("a: [1, 2\nb: 3\n"))
                .containsExactly("a.yaml:2:2: not YAML: while parsing a flow sequence, expected ',' or ']', but got :;"
                        + " close the quotes and brackets before this place, or correct"
                        + " how far the line is indented");
        assertThat(problems("a: b\n\tc: d\n"))
                .hasSize(1)
                .first()
                .asString()
                .isEqualTo("a.yaml:2:1: a tab may not indent in YAML; write spaces in its place");
    }

    @Test
    void aTabAfterADashInATextIsText() {
        assertThat(YamlReader.read("a.yaml", "text: |\n  - list:\n  -\tdone\nmore: word\n  -\tword\n")
                        .problems())
                .isEmpty();
        assertThat(YamlReader.read("a.yaml", "text: |\n  word\n\t\n").problems())
                .hasSize(1);
    }

    @Test
    void aKeyThatIsNoStringIsAProblem() {
        assertThat(problems("80: a\ntrue: b\n? [x]\n: c\n"))
                .containsExactly(
                        "a.yaml:1:1: a key must be a string; this one is a number; put it in quotes",
                        "a.yaml:2:1: a key must be a string; this one is a boolean; put it in quotes",
                        "a.yaml:3:3: a key must be a string; this one is a list; use a string as the key");
    }

    @Test
    void aNulByteIsAProblemAtItsPlace() {
        assertThat(problems("a: 1\nb: x\0y\n"))
                .containsExactly("a.yaml:2:5: the character U+0000 may not stand in YAML;"
                        + " remove it, or write it as an escape in double quotes");
    }

    @Test
    void anAliasBombIsRefusedAtOnce() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 30; level++) {
            String below = "*a" + (level - 1);
            bomb.append("a" + level + ": &a" + level + " [" + String.join(", ", List.of(below, below, below, below))
                    + "]\n");
        }
        assertThat(assertTimeout(Duration.ofSeconds(5), () -> problems(bomb.toString())))
                .hasSize(1)
                .first()
                .asString()
                .endsWith("the file holds more than 200000 values once its aliases are filled in;"
                        + " use fewer aliases, or split the file");
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(problems("[".repeat(100_000)))
                .containsExactly(
                        "a.yaml:1:101: more than 100 lists and mappings lie in each other here; write it flatter");
    }

    @Test
    void aliasesDoNotHideDeepNesting() {
        String text = "a: &a " + "[".repeat(60) + "]".repeat(60) + "\nb: " + "[".repeat(60) + "*a" + "]".repeat(60);

        assertThat(problems(text))
                .containsExactly(
                        "a.yaml:2:64: more than 100 lists and mappings lie in each other here; write it flatter");
    }

    @Test
    void aHugeTextIsRefused() {
        assertThat(problems("a: " + "x".repeat(YamlReader.LONGEST_TEXT)))
                .containsExactly("a.yaml: the file is longer than 4194304 characters;"
                        + " split it, or check that it is the file you meant");
    }

    @Test
    void anAliasInsideItsOwnValueOrWithoutAnAnchorIsAProblem() {
        assertThat(problems("a: &a [*a]\nb: *b\n"))
                .containsExactly(
                        "a.yaml:1:8: the alias *a stands inside the value that it stands for;"
                                + " give it a value that ends before it",
                        "a.yaml:2:4: the alias *b has no anchor before it;"
                                + " write &b before the value that it stands for");
    }

    @Test
    void aSecondMergeKeyIsAProblemWithBothPlaces() {
        assertThat(problems("x: &x {k: 1}\ny: &y {l: 2}\nz:\n  <<: *x\n  <<: *y\n"))
                .containsExactly("a.yaml:5:3: << is here a second time; it was set before at a.yaml:4:3;"
                        + " merge all of them with one, such as <<: [*one, *other]");
    }

    @Test
    void onlyMappingsCanBeMerged() {
        assertThat(problems("a: &a 1\nb:\n  <<: *a\n"))
                .containsExactly("a.yaml:1:4: << merges a mapping or a list of mappings; this is a number;"
                        + " give it the alias of a mapping, such as *defaults");
    }

    private static YamlNode root(String text) {
        YamlReading reading = YamlReader.read("a.yaml", text);
        assertThat(reading.problems()).isEmpty();
        return reading.root().orElseThrow();
    }

    private static List<String> problems(String text) {
        return YamlReader.read("a.yaml", text).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    private static SourceLocation at(int line, int column) {
        return new SourceLocation("a.yaml", line, column);
    }
}
