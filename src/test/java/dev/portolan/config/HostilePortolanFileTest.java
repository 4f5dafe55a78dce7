package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.portolan.config.ConfigurationReader.Options;
import dev.portolan.model.InvalidConfiguration;
import dev.portolan.model.Problem;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may stand in the place of portolan.yml: a problem at once, whatever it is. */
class HostilePortolanFileTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeComposeFile() throws IOException {
        Files.writeString(folder.resolve("compose.yaml"), "services: {web: {image: x}}\n");
    }

    private List<String> problems() {
        InvalidConfiguration invalid = assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> catchThrowableOfType(
                        InvalidConfiguration.class,
                        () -> ConfigurationReader.read(
                                folder, Options.of(Map.of(), reference -> Optional.of("sha256:1")))));
        return invalid.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void aPipe() throws IOException, InterruptedException {
        String pipe = folder.resolve("portolan.yml").toString();
        assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();

        assertThat(problems())
                .first()
                .asString()
                .startsWith("portolan.yml: it is no regular file; run \"portolan init\" to write one");
        assertThat(Outline.read(folder)).isEmpty();
    }

    @Test
    void aDeviceThatNeverEnds() throws IOException {
        Files.createSymbolicLink(folder.resolve("portolan.yml"), Path.of("/dev/zero"));

        assertThat(problems()).first().asString().startsWith("portolan.yml: it is no regular file");
    }

    @Test
    void aFileOfATerabyte() throws IOException {
        try (var file = new RandomAccessFile(folder.resolve("portolan.yml").toFile(), "rw")) {
            file.setLength(1L << 40);
        }

        assertThat(problems())
                .first()
                .asString()
                .startsWith("portolan.yml: the file is longer than 4194304 characters");
    }

    @Test
    void veryManyKeys() throws IOException {
        Files.writeString(
                folder.resolve("portolan.yml"),
                IntStream.range(0, 90_000)
                        .mapToObj(index -> "key" + index + ": 1\n")
                        .collect(Collectors.joining()));

        assertThat(problems()).hasSize(2_000).anyMatch(problem -> problem.contains("unknown key \"key0\""));
    }

    @Test
    void aFileOfAConfigThatNeverEnds() throws IOException {
        Files.writeString(
                folder.resolve("compose.yaml"),
                "services: {web: {image: x, configs: [zeros]}}\nconfigs: {zeros: {file: /dev/zero}}\n");
        Files.writeString(folder.resolve("portolan.yml"), "app: a\nregions: {dublin: {hosts: [local]}}\n");

        assertThat(problems()).anyMatch(problem -> problem.contains("the file /dev/zero cannot be read"));
    }
}
