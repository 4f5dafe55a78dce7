package dev.portolan.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.portolan.model.Problem;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that mean harm: a problem at once, whatever they hold. The bound is far above what a busy machine needs. */
class HostileInputTest {
    private static final Duration BOUND = Duration.ofSeconds(10);

    @TempDir
    Path parent;

    private ProjectFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = new ProjectFolder(parent);
    }

    private List<String> problems() {
        CanonicalReading reading = assertTimeoutPreemptively(
                BOUND,
                () -> ComposeReader.canonical(ComposeSource.ofFolder(folder.path(), Map.of("HOME", "/home/ann"))));
        return reading.problems().stream().map(Problem::toString).toList();
    }

    private static String services(int count, String each) {
        return "services:\n"
                + IntStream.range(0, count)
                        .mapToObj(
                                index -> each.replace("NEXT", "s" + (index + 1)).replace("THIS", "s" + index))
                        .collect(Collectors.joining());
    }

    private static String numbered(int count, String each) {
        return IntStream.range(0, count)
                .mapToObj(index -> each.replace("#", String.valueOf(index)))
                .collect(Collectors.joining(", "));
    }

    static Stream<Arguments> files() {
        StringBuilder bomb = new StringBuilder("x0: &x0 [a, a, a, a, a, a, a, a]\n");
        for (int level = 1; level < 12; level++) {
            bomb.append("x" + level + ": &x" + level + " [" + ("*x" + (level - 1) + ",").repeat(8) + "]\n");
        }
        return Stream.of(
                Arguments.of("aliases that double", bomb.toString(), "once its aliases are filled in"),
                Arguments.of("an alias of itself", "services: &a\n  web: *a\n", "stands inside the value"),
                Arguments.of("lists in lists", "a: " + "[".repeat(50_000), "lie in each other"),
                Arguments.of("mappings in mappings", "a: " + "{a: ".repeat(50_000), "lie in each other"),
                Arguments.of(
                        "a character that is none", "services: {web: {image: \"a\u0000b\"}}", "U+0000 may not stand"),
                Arguments.of(
                        "defaults in defaults",
                        "services: {web: {image: \"" + "${A:-".repeat(20_000) + "\"}}",
                        "invalid interpolation format"),
                Arguments.of(
                        "closed defaults in defaults",
                        "services: {web: {image: \"" + "${A:-".repeat(200) + "}".repeat(200) + "\"}}",
                        "defaults of variables lie in each other"),
                Arguments.of("a huge number", "services: {web: {image: x, cpus: " + "9".repeat(100_000) + "}}", "cpus"),
                Arguments.of(
                        "a long chain of dependencies that ends nowhere",
                        services(20_000, "  THIS: {image: x, depends_on: [NEXT]}\n"),
                        "the service \"s20000\" is not defined"),
                Arguments.of(
                        "a long chain of extends",
                        services(20_000, "  THIS: {extends: NEXT}\n"),
                        "services extend each other"),
                Arguments.of(
                        "a circle of extends",
                        "services: {a: {extends: b}, b: {extends: a}}",
                        "services extend each other: a of"),
                Arguments.of(
                        "a file that extends itself",
                        "services: {a: {extends: {file: compose.yaml, service: a}}}",
                        "services extend each other: a of compose.yaml"),
                Arguments.of("a file that includes itself", "include: [compose.yaml]", "files include each other"),
                Arguments.of(
                        "ranges of ports",
                        "services: {web: {image: x, ports: ["
                                + IntStream.range(0, 50)
                                        .mapToObj(index -> "\"127.0.0." + index + ":1-65535:1-65535\"")
                                        .collect(Collectors.joining(","))
                                + "]}}",
                        "items are too many"),
                Arguments.of("many documents", "a: 1\n---\n".repeat(20_000), "documents in one file are too many"),
                Arguments.of(
                        "many unknown keys",
                        IntStream.range(0, 60_000)
                                .mapToObj(index -> "key" + index + ": 1\n")
                                .collect(Collectors.joining()),
                        "unknown key"),
                Arguments.of(
                        "very many variables in one text",
                        "services: {web: {image: x, command: '" + "${A}".repeat(900_000) + "'}}",
                        "the variable A is not set"),
                Arguments.of(
                        "braces that do not match",
                        "services: {web: {image: \"" + "${A:-{{}".repeat(300_000) + "}\"}}",
                        "defaults of variables lie in each other"),
                Arguments.of(
                        "an escape that stands for no character",
                        "services: {web: {image: \"\\UFFFFFFFF\"}}",
                        "compose.yaml:1:18: an escape after this place stands for no character"),
                Arguments.of(
                        "ranges of ports in many services",
                        services(10_000, "  THIS: {image: x, ports: [\"1-65535:1-65535\"]}\n"),
                        "what variables, ranges, includes and extended services make of the files is larger than"),
                Arguments.of(
                        "a large service that many extend",
                        "services:\n  large: {image: x, environment: [" + numbered(5_000, "A#=1") + "]}\n"
                                + services(10_000, "  THIS: {extends: large}\n").substring("services:\n".length()),
                        "what variables, ranges, includes and extended services make of the files is larger than"),
                Arguments.of(
                        "many documents over each other",
                        IntStream.range(0, 49)
                                .mapToObj(document ->
                                        services(1_000, "  THIS: {image: x}\n").replace("  s", "  d" + document + "s"))
                                .collect(Collectors.joining("---\n")),
                        "what variables, ranges, includes and extended services make of the files is larger than"),
                Arguments.of(
                        "many names that nearly are others",
                        "services: {web: {image: x, networks: [" + numbered(90_000, "net#") + "]}}\nnetworks: {"
                                + numbered(500, "nett#: ") + "}",
                        "is not defined; did you mean"),
                Arguments.of(
                        "a circle with many short cuts",
                        "services:\n"
                                + IntStream.range(0, 20_000)
                                        .mapToObj(index -> "  s" + index + ": {image: x, depends_on: [s"
                                                + (index + 1) % 20_000 + ", s" + index / 2 + "]}\n")
                                        .collect(Collectors.joining()),
                        "services wait for each other: s9999 -> s10000"),
                Arguments.of(
                        "a command of very many words",
                        "services: {web: {image: x, command: \"" + "a ".repeat(1_900_000) + "\"}}",
                        "words in one command are too many"),
                Arguments.of("a tab after very many dashes", "- ".repeat(1_000_000) + "\ta", "lie in each other here"),
                Arguments.of("very many tabs", "\t\n".repeat(500_000), "a tab may not indent"),
                Arguments.of("UTF-16", "\u0000s\u0000e\u0000r", "U+0000 may not stand"),
                Arguments.of("a key that is set very often", "a: 1\n".repeat(90_000), "is here a second time"),
                Arguments.of("a long unknown key", "? " + "k".repeat(500_000) + "\n: 1\n", "unknown key"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void aHostileFileIsAProblemAtOnce(String name, String text, String problem) {
        folder.file("compose.yaml", text);

        assertThat(problems()).isNotEmpty().anyMatch(found -> found.contains(problem));
    }

    @Test
    void filesThatIncludeTheNextOneTwiceAreNotReadWithoutEnd() {
        folder.file("compose.yaml", "include: [i0.yaml]\n");
        for (int level = 0; level < 40; level++) {
            String next = "i" + (level + 1) + ".yaml";
            folder.file(
                    "i" + level + ".yaml", "include: [{path: [" + next + ", i" + level + "b.yaml]}, " + next + "]\n");
            folder.file("i" + level + "b.yaml", "services: {}\n");
        }
        folder.file("i40.yaml", "services: {}\n");

        assertThat(problems()).anyMatch(found -> found.contains("are read, one file by the other"));
    }

    @Test
    void aCircleOverSeveralFilesIsNamed() {
        folder.file("compose.yaml", "include: [a.yaml]\n")
                .file("a.yaml", "include: [b.yaml]\n")
                .file("b.yaml", "include: [compose.yaml]\n");

        assertThat(problems())
                .containsExactly("b.yaml:1:11: include/0: files include each other: compose.yaml -> a.yaml -> b.yaml ->"
                        + " compose.yaml; remove one of these");
    }

    @Test
    void aPipeASocketOrADeviceIsNoFileWhereverOneIsNamed() throws IOException, InterruptedException {
        String pipe = folder.path().resolve("pipe").toString();
        assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();
        Files.createSymbolicLink(folder.path().resolve("zeros"), Path.of("/dev/zero"));
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(folder.path().resolve("socket")));
            for (String name : List.of("pipe", "zeros", "socket")) {
                for (String text : List.of(
                        "include: [NAME]",
                        "services: {web: {extends: {file: NAME, service: a}}}",
                        "services: {web: {image: x, env_file: [NAME]}}",
                        "services: {web: {image: x, label_file: [NAME]}}")) {
                    folder.file("compose.yaml", text.replace("NAME", name));

                    assertThat(problems()).as(text).anyMatch(found -> found.contains("not a regular file"));
                }
            }
        }
    }

    @Test
    void aPathWithANulCharacterIsAProblem() {
        folder.file("compose.yaml", "services: {web: {image: x, env_file: [\"a\\0b\"]}}");

        assertThat(problems()).hasSize(1).first().asString().contains("env_file/0");
    }

    @Test
    void aFileOfVariablesThatIsNotTextIsAProblem() throws IOException {
        folder.web("env_file: [binary]");
        Files.write(folder.path().resolve("binary"), "A=\u00e9".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(problems()).hasSize(1).first().asString().contains("is not text in UTF-8");
    }

    @Test
    void veryManyVariablesThatAreNotSetAreToldOfOnlyToAPoint() {
        folder.web("env_file: [many]")
                .file(
                        "many",
                        IntStream.range(0, 100_000)
                                .mapToObj(index -> "A" + index + "=$B" + index + "\n")
                                .collect(Collectors.joining()));

        assertThat(problems()).hasSizeBetween(100, 1_100);
    }

    @Test
    void aKeyOfAMegabyteIsTakenIntoEachProblemOnlyInPart() {
        folder.file(
                "compose.yaml",
                "services: {? " + "k".repeat(1_000_000) + " : {image: x, ports: [" + numbered(1_000, "bad#") + "]}}\n");

        assertThat(problems())
                .hasSize(1_000)
                .allMatch(problem -> problem.length() < 3_000)
                .allMatch(problem -> problem.contains("kkk...kkk"));
    }

    @Test
    void variablesThatDoubleEachOtherAreRefusedBeforeTheyFillTheMemory() {
        folder.web("command: $A40")
                .file(
                        ".env",
                        "A0=xxxxxxxxxx\n"
                                + IntStream.range(0, 40)
                                        .mapToObj(index -> "A" + (index + 1) + "=$A" + index + "$A" + index + "\n")
                                        .collect(Collectors.joining()));

        assertThat(problems())
                .first()
                .isEqualTo(".env:20:1: the text is longer than 4194304 characters once its variables are filled in;"
                        + " use fewer variables, or shorter ones");
    }

    @Test
    void aLongVariableInManyPlacesIsRefusedBeforeItFillsTheMemory() {
        folder.file("compose.yaml", "services: {web: {image: x, environment: [" + numbered(50_000, "B#=$A") + "]}}")
                .file(".env", "A=" + "x".repeat(1_000_000));

        assertThat(problems()).anyMatch(problem -> problem.contains("what variables, ranges"));
    }

    @Test
    void aFileOfVariablesOfManyServicesIsRefusedBeforeItFillsTheMemory() {
        for (String key : List.of("env_file: many", "label_file: many", "env_file: [{path: many, format: raw}]")) {
            folder.file("compose.yaml", services(5_000, "  THIS: {image: x, " + key + "}\n"))
                    .file("many", numbered(1_000, "A#=1").replace(", ", "\n"));

            assertThat(problems()).as(key).anyMatch(problem -> problem.contains("what variables, ranges"));
        }
    }

    @Test
    void aLongChainOfLargeIncludesIsRefused() {
        folder.file("compose.yaml", "include: [i0.yaml]\n");
        for (int level = 0; level < 49; level++) {
            folder.file(
                    "i" + level + ".yaml",
                    "include: [i" + (level + 1) + ".yaml]\n"
                            + services(1_500, "  THIS: {image: x}\n").replace("  s", "  l" + level + "s"));
        }
        folder.file("i49.yaml", "services: {}\n");

        assertThat(problems()).anyMatch(problem -> problem.contains("what variables, ranges"));
    }

    @Test
    void manyIncludesOfManyServicesAreReadInTimeThatGrowsWithThem() {
        folder.file("compose.yaml", "include: [" + numbered(1_500, "i#.yaml") + "]\n");
        for (int file = 0; file < 1_500; file++) {
            folder.file(
                    "i" + file + ".yaml", services(20, "  THIS: {image: x}\n").replace("  s", "  f" + file + "s"));
        }

        assertThat(problems()).isEmpty();
    }

    @Test
    void aComposeFileOrAFileOfVariablesMayBeNoPipe() throws IOException, InterruptedException {
        for (String name : List.of("compose.yaml", ".env")) {
            folder.file("compose.yaml", "services: {web: {image: x}}");
            Path pipe = folder.path().resolve(name);
            Files.deleteIfExists(pipe);
            assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                    .isZero();

            assertThat(problems())
                    .as(name)
                    .contains(name + ": it is a pipe, a socket or a device, not a regular file; write its content into"
                            + " a file");
            Files.delete(pipe);
        }
    }

    @Test
    void linksThatLeadToEachOtherAreNoFile() throws IOException {
        Files.createSymbolicLink(folder.path().resolve("a"), Path.of("b"));
        Files.createSymbolicLink(folder.path().resolve("b"), Path.of("a"));
        for (String text : List.of(
                "include: [a]",
                "services: {web: {extends: {file: a, service: a}}}",
                "services: {web: {image: x, env_file: [a]}}",
                "services: {web: {image: x, label_file: [a]}}")) {
            folder.file("compose.yaml", text);

            assertThat(problems()).as(text).anyMatch(found -> found.contains("there is no such file"));
        }
    }

    @Test
    void aByteOrderMarkAtTheBeginningSaysNothing() {
        folder.file("compose.yaml", "\uFEFFservices: {web: {image: x}}");

        assertThat(problems()).isEmpty();
    }
}
