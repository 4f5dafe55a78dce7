package dev.portolan.docker.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.docker.BuildMaterials;
import dev.portolan.docker.EngineException;
import dev.portolan.docker.Logins;
import dev.portolan.model.BuildManner;
import dev.portolan.model.BuildSource;
import dev.portolan.model.ContainerSpec.FileSource;
import dev.portolan.model.ImageSource;
import dev.portolan.model.Secret;
import dev.portolan.testing.Commands;
import dev.portolan.testing.SpecBuilder;
import dev.portolan.testing.SshAgent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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
            assertThat(lines)
                    .anyMatch(line -> line.endsWith("[3/3] RUN echo a b > /app/word")
                            || line.endsWith("[3/3] RUN echo $WORD > /app/word"));
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
                .hasMessageContaining(
                        "\n  at Dockerfile:3\n  in step [3/3] RUN echo because of this; exit 7\n  | because of this")
                .hasMessageNotContaining("fine");
        assertThat(engine.hasImage(built)).isFalse();
    }

    @Test
    void theClassicBuilderBuildsTheSame() throws IOException {
        write("Dockerfile", "FROM scratch\n");
        write("kept", "one");
        write("assets/logo", "two");
        var built = new Sketch("classic")
                .inline("FROM " + image
                        + "\nARG WORD\nCOPY --from=assets /logo /logo\nCOPY . /app\nRUN echo $WORD > /word\n")
                .argument("WORD", "x")
                .source("assets", new BuildSource.Folder(file("assets").toString()))
                .label("team", "shop")
                .built();
        try (var calls = new EngineCalls(host, Duration.ofSeconds(60))) {
            var lines = new ArrayList<String>();
            classic(calls).build(built, BuildMaterials.NONE, lines::add);
            assertThat(lines).anyMatch(line -> line.startsWith("Step 1/"));
            assertThat(outputOf(built, "cat /word /logo; ls -A /app"))
                    .containsExactly("x", "twoDockerfile", "assets", "kept");
            assertThat(labelOf(built, "team")).isEqualTo("shop");
            assertThat(images()).noneMatch(name -> name.contains("classic-source"));
        } finally {
            removeImage(built.reference());
        }
    }

    @Test
    void theClassicBuilderShowsAStepThatFailsWithItsOutput() throws IOException {
        var built = new Sketch("broken")
                .inline("FROM " + image + "\nRUN echo fine\nRUN echo because of this; exit 7\n")
                .built();
        try (var calls = new EngineCalls(host, Duration.ofSeconds(60))) {
            var builds = classic(calls);
            assertThatThrownBy(() -> builds.build(built, BuildMaterials.NONE, line -> {}))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("because of this")
                    .hasMessageContaining("Step 3/3")
                    .hasMessageNotContaining("Step 2/3");
        }
    }

    @Test
    void theClassicBuilderRefusesSecrets() throws IOException {
        var built = new Sketch("refused")
                .inline("FROM " + image + "\n")
                .secret("token", new FileSource.Variable("TOKEN"))
                .built();
        try (var calls = new EngineCalls(host, Duration.ofSeconds(60))) {
            var builds = classic(calls);
            assertThatThrownBy(() -> builds.build(built, BuildMaterials.NONE, line -> {}))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("knows no secrets");
        }
    }

    @Test
    void aDockerfileMayBeWrittenIntoTheComposeFileAndIsInNoImage() throws IOException {
        write("kept", "one");
        var built =
                new Sketch("inline").inline("FROM " + image + "\nCOPY . /app\n").built();
        try {
            engine.build(built, line -> {});
            assertThat(outputOf(built, "ls -A /app")).containsExactly("kept");
        } finally {
            removeImage(built.reference());
        }
    }

    @Test
    void aDockerfileMayBeOutsideOfTheFolder() throws IOException {
        write("kept", "one");
        Path outside = Files.writeString(folder.resolve("Dockerfile.web"), "FROM " + image + "\nCOPY . /app\n");
        var built = new ImageSource.Built(
                name("outside") + ":1", file("").toString(), outside.toString(), Map.of(), Optional.empty());
        try {
            engine.build(built, line -> {});
            assertThat(outputOf(built, "ls -A /app")).containsExactly("kept");
        } finally {
            removeImage(built.reference());
        }
    }

    @Test
    void whatACacheMountHoldsIsThereInTheNextBuild() throws IOException {
        String step = "RUN --mount=type=cache,id=" + name("cache") + ",target=/c echo %s >> /c/log && cp /c/log /log\n";
        var first = new Sketch("first")
                .inline("FROM " + image + "\n" + step.formatted("one"))
                .built();
        var second = new Sketch("second")
                .inline("FROM " + image + "\n" + step.formatted("two"))
                .built();
        try {
            engine.build(first, line -> {});
            engine.build(second, line -> {});
            assertThat(outputOf(second, "cat /log")).containsExactly("one", "two");
        } finally {
            removeImage(first.reference());
            removeImage(second.reference());
        }
    }

    @Test
    void aFolderAndAServiceMayBeUsedByTheirNames() throws IOException {
        write("kept", "one");
        write("assets/logo", "two");
        write("assets/hidden", "three");
        write("assets/.dockerignore", "hidden\n");
        var base = new Sketch("base")
                .inline("FROM " + image + "\nRUN echo base > /base\n")
                .built();
        var built = new Sketch("user")
                .inline(
                        "FROM base\nCOPY --from=assets . /assets\nRUN --mount=from=assets,target=/m cp /m/logo /mounted\n")
                .source("assets", new BuildSource.Folder(file("assets").toString()))
                .source("base", new BuildSource.Service(base))
                .tag(name("tagged") + ":edge")
                .built();
        try {
            engine.build(built, line -> {});
            assertThat(outputOf(built, "cat /base /mounted; echo; ls -A /assets"))
                    .containsExactly("base", "two", ".dockerignore", "logo");
            assertThat(engine.hasImage(base)).isTrue();
            assertThat(engine.imageDigest(name("tagged") + ":edge")).isEqualTo(engine.imageDigest(built.reference()));
            assertThat(images()).noneMatch(name -> name.contains("user-source"));
        } finally {
            removeImage(built.reference());
            removeImage(base.reference());
            removeImage(name("tagged") + ":edge");
        }
    }

    @Test
    void aSecretIsMountedAndLeftNowhere() throws IOException {
        var lines = new ArrayList<String>();
        var built = new Sketch("secret")
                .inline("FROM " + image
                        + "\nRUN --mount=type=secret,id=token wc -c < /run/secrets/token > /length; ls /run/secrets > /left\n"
                        + "RUN ls /run/secrets > /later 2>&1; true\n")
                .secret("token", new FileSource.Variable("TOKEN"))
                .built();
        try {
            engine.build(built, materials("hunter2"), lines::add);
            assertThat(outputOf(built, "cat /length /left; grep -c token /later; grep -r hunter2 /etc /run /tmp; true"))
                    .containsExactly("7", "token", "0");
            assertThat(lines).noneMatch(line -> line.contains("hunter2"));
        } finally {
            removeImage(built.reference());
        }
    }

    @Test
    void anSshAgentAnswersAndSignsForTheStepsThatAskForIt() throws IOException {
        try (SshAgent agent = SshAgent.start(folder.resolve("agent"))) {
            SshAgent.copyClient(file("client"));
            Files.copy(agent.publicKey(), file("key.pub"));
            var built = new Sketch("ssh")
                    .inline("FROM " + image + "\nCOPY client /\nCOPY key.pub /\n"
                            + "RUN --mount=type=ssh ssh-add -l > /answer && ssh-add -T /key.pub\n"
                            + "RUN --mount=type=ssh,id=deploy ssh-add -l >> /answer\n"
                            + "RUN ! ssh-add -l 2>> /answer && find / -xdev -type s >> /answer\n")
                    .agent("default", agent.socket())
                    .agent("deploy", agent.socket())
                    .built();
            try {
                engine.build(built, line -> {});
                assertThat(outputOf(built, "cat /answer"))
                        .containsExactly(
                                agent.listed(),
                                agent.listed(),
                                "Could not open a connection to your authentication agent.");
            } finally {
                removeImage(built.reference());
            }
        }
    }

    @Test
    void anAgentThatIsNotThereIsNamed() throws IOException {
        write("Dockerfile", "FROM " + image + "\nRUN --mount=type=ssh true\n");
        Path gone = folder.resolve("gone");
        assertThatThrownBy(() ->
                        engine.build(new Sketch("ssh").agent("default", gone).built(), line -> {}))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("no SSH agent listens at " + gone);
        Path key = Files.writeString(folder.resolve("key"), "-----BEGIN OPENSSH PRIVATE KEY-----\n");
        assertThatThrownBy(() ->
                        engine.build(new Sketch("ssh").agent("default", key).built(), line -> {}))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("no SSH agent listens at " + key)
                .extracting(failure -> ((EngineException) failure).remedy())
                .asString()
                .contains("ssh-add " + key);
    }

    @Test
    void aStepWithAnArgumentIsFoundInTheDockerfileToo() throws IOException {
        var built = new Sketch("argument")
                .inline("FROM " + image + "\nARG CODE\nRUN --mount=type=cache,target=/c \\\n  exit $CODE\n")
                .argument("CODE", "7")
                .built();
        assertThatThrownBy(() -> engine.build(built, line -> {}))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("\n  at dockerfile_inline:3\n");
    }

    @Test
    void aBigFolderIsSentWithoutBeingHeld() throws IOException {
        byte[] block = new byte[1 << 20];
        new Random(7).nextBytes(block);
        Files.createDirectories(file(""));
        try (var output = Files.newOutputStream(file("big"))) {
            for (int count = 0; count < 64; count++) {
                output.write(block);
            }
        }
        var built = new Sketch("big")
                .inline("FROM " + image + "\nCOPY big /big\nRUN stat -c %s /big > /size; rm /big\n")
                .built();
        try {
            engine.build(built, line -> {});
            assertThat(outputOf(built, "cat /size")).containsExactly(Long.toString(64L << 20));
        } finally {
            removeImage(built.reference());
        }
    }

    @Test
    void rightsArriveAsTheyAre() throws IOException {
        write("private", "x");
        Files.setPosixFilePermissions(file("private"), PosixFilePermissions.fromString("rw-------"));
        var built = new Sketch("rights")
                .inline("FROM " + image + "\nCOPY private /private\n")
                .built();
        try {
            engine.build(built, line -> {});
            assertThat(outputOf(built, "stat -c '%a %u' /private")).containsExactly("600 0");
        } finally {
            removeImage(built.reference());
        }
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

    private static Builds classic(EngineCalls calls) {
        RegistryAccess nobody = new RegistryAccess(Logins.NONE);
        return new Builds(calls, new Images(calls, nobody), new ClassicBuilder(calls, nobody));
    }

    private BuildMaterials materials(String secret) {
        return new BuildMaterials() {
            @Override
            public Secret valueOf(FileSource source) {
                return new Secret(secret.getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public Optional<Path> agent() {
                return Optional.empty();
            }
        };
    }

    private List<String> outputOf(ImageSource.Built built, String script) {
        String container = name("output");
        create(container, SpecBuilder.of(built).shell(script));
        engine.start(container);
        assertThat(engine.await(container)).isZero();
        List<String> lines = output(container);
        engine.remove(container);
        return lines;
    }

    private String labelOf(ImageSource.Built built, String label) throws IOException {
        return docker("image", "inspect", "--format", "{{index .Config.Labels \"" + label + "\"}}", built.reference())
                .strip();
    }

    private List<String> images() throws IOException {
        return docker("images", "--format", "{{.Repository}}").lines().toList();
    }

    private String docker(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("docker", "--host", "unix://" + testEngine.socket()));
        command.addAll(List.of(arguments));
        return Commands.run(command.toArray(String[]::new));
    }

    /** An image to build, said in few words. */
    private final class Sketch {
        private final String reference;
        private Optional<String> text = Optional.empty();
        private final Map<String, String> arguments = new HashMap<>();
        private final Map<String, String> labels = new HashMap<>();
        private final Map<String, BuildSource> sources = new HashMap<>();
        private final Map<String, FileSource> secrets = new HashMap<>();
        private final Map<String, Optional<String>> agents = new HashMap<>();
        private final List<String> tags = new ArrayList<>();

        Sketch(String word) throws IOException {
            reference = name(word) + ":1";
            Files.createDirectories(file(""));
        }

        Sketch inline(String dockerfile) {
            text = Optional.of(dockerfile);
            return this;
        }

        Sketch argument(String key, String value) {
            arguments.put(key, value);
            return this;
        }

        Sketch label(String key, String value) {
            labels.put(key, value);
            return this;
        }

        Sketch source(String key, BuildSource source) {
            sources.put(key, source);
            return this;
        }

        Sketch secret(String key, FileSource source) {
            secrets.put(key, source);
            return this;
        }

        Sketch agent(String key, Path socket) {
            agents.put(key, Optional.of(socket.toString()));
            return this;
        }

        Sketch tag(String tag) {
            tags.add(tag);
            return this;
        }

        ImageSource.Built built() {
            return new ImageSource.Built(
                    reference,
                    file("").toString(),
                    "Dockerfile",
                    arguments,
                    Optional.empty(),
                    Optional.empty(),
                    text,
                    sources,
                    labels,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.of(new BuildManner(
                            false, false, List.of(), List.of(), tags, secrets, agents, 0, Map.of(), List.of())));
        }
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
