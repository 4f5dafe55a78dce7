package dev.portolan.docker.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.docker.EngineException;
import dev.portolan.model.ImageSource;
import dev.portolan.testing.Commands;
import dev.portolan.testing.SpecBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BuildIT extends EngineTestBase {

    @Test
    void anImageIsBuiltFromWhatIsNotIgnored() throws IOException {
        write("Dockerfile", "FROM " + image + "\nARG WORD\nCOPY . /app\nRUN echo $WORD > /app/word\n");
        write(".dockerignore", "*.secret\nignored\n!ignored/kept\nDockerfile\n");
        write("a/run.sh", "#!/bin/sh\necho ran\n");
        write("key.secret", "s");
        write("ignored/other", "x");
        write("ignored/kept", "kept");
        write("ümläut " + "long".repeat(40), "unicode");
        Files.setPosixFilePermissions(file("a/run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(file("link"), Path.of("a/run.sh"));
        var lines = new ArrayList<String>();
        var built = new ImageSource.Built(
                name("image") + ":1", file("").toString(), "Dockerfile", Map.of("WORD", "a b"), Optional.empty());
        assertThat(engine.hasImage(built)).isFalse();
        try {
            engine.build(built, lines::add);
            assertThat(lines).anyMatch(line -> line.startsWith("Step 1/"));
            assertThat(engine.hasImage(built)).isTrue();
            create(
                    name("built"),
                    SpecBuilder.of(built)
                            .shell(
                                    "cd /app; cat word; ./link; ls -A | grep -v long; cat *long*; echo; ls ignored; stat -c %u a"));
            engine.start(name("built"));
            assertThat(engine.await(name("built"))).isZero();
            assertThat(output(name("built")))
                    .containsExactly(
                            "a b", "ran", ".dockerignore", "a", "ignored", "link", "word", "unicode", "kept", "0");
        } finally {
            engine.remove(name("built"));
            removeImage(built.reference());
        }
    }

    @Test
    void aTargetIsBuiltAlone() throws IOException {
        write("sub/File", "FROM " + image + " AS one\nRUN echo 1 > /one\nFROM " + image + " AS two\nRUN exit 9\n");
        var built = new ImageSource.Built(
                name("target") + ":1", file("").toString(), "sub/File", Map.of(), Optional.of("one"));
        try {
            engine.build(built, line -> {});
            assertThat(engine.hasImage(built)).isTrue();
        } finally {
            removeImage(built.reference());
        }
    }

    @Test
    void aStepThatFailsIsShownWithItsOutput() throws IOException {
        write("Dockerfile", "FROM " + image + "\nRUN echo fine\nRUN echo because of this; exit 7\n");
        var built = new ImageSource.Built(
                name("broken") + ":1", file("").toString(), "Dockerfile", Map.of(), Optional.empty());
        assertThatThrownBy(() -> engine.build(built, line -> {}))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("Could not build the image " + built.reference())
                .hasMessageContaining("because of this")
                .hasMessageContaining("Step 3/3")
                .hasMessageNotContaining("Step 2/3");
        assertThat(engine.hasImage(built)).isFalse();
    }

    @Test
    void aMissingDockerfileIsSaidBeforeAnythingIsSent() {
        var built =
                new ImageSource.Built(name("none") + ":1", folder.toString(), "Dockerfile", Map.of(), Optional.empty());
        assertThatThrownBy(() -> engine.build(built, line -> {}))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(folder.resolve("Dockerfile").toString());
    }

    @Test
    void aWrongDockerfileIsRefusedInTheEnginesWords() throws IOException {
        write("Dockerfile", "FORM x\n");
        var built = new ImageSource.Built(
                name("wrong") + ":1", file("").toString(), "Dockerfile", Map.of(), Optional.empty());
        assertThatThrownBy(() -> engine.build(built, line -> {}))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("FORM");
    }

    @Test
    void whatIsNoTarArchiveIsNotImported() {
        assertThatThrownBy(() -> engine.importImage(
                        name("notar") + ":1",
                        new java.io.ByteArrayInputStream(
                                "no archive".getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .isInstanceOf(EngineException.class);
        assertThat(engine.imageDigest(name("notar") + ":1")).isEmpty();
    }

    private void removeImage(String reference) throws IOException {
        Commands.run("docker", "--host", "unix://" + testEngine.socket(), "image", "rm", "--force", reference);
    }

    private Path file(String name) {
        return folder.resolve("context").resolve(name);
    }

    private void write(String name, String content) throws IOException {
        Path path = file(name);
        Files.createDirectories(Optional.ofNullable(path.getParent()).orElseThrow());
        Files.writeString(path, content);
    }
}
