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
}
