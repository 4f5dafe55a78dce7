package dev.portolan.docker.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.docker.BuildMaterials;
import dev.portolan.docker.ContainerEngine;
import dev.portolan.docker.EngineException;
import dev.portolan.docker.Logins;
import dev.portolan.docker.RegistryAnswer;
import dev.portolan.model.ImageSource;
import dev.portolan.model.UserError;
import dev.portolan.testing.Commands;
import dev.portolan.testing.Registry;
import dev.portolan.testing.SpecBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images of a registry that shows them to one person only. */
class PrivateRegistryIT extends EngineTestBase {
    private Optional<Registry> registry = Optional.empty();
    private final List<String> made = new ArrayList<>();
    private String base = "";

    /** Where a login comes from. */
    enum Kept {
        IN_THE_FILE,
        BY_A_PROGRAM
    }

    enum With {
        BUILDKIT,
        THE_CLASSIC_BUILDER
    }

    @BeforeEach
    void aRegistryWithAnImage() throws IOException {
        registry = Optional.of(Registry.start(folder.resolve("registry")));
        String local = builtHere();
        base = registry().address() + "/private/base:1";
        registry().push(testEngine, local, base);
        Commands.run("docker", "--host", "unix://" + testEngine.socket(), "image", "rm", "--force", local);
    }

    @AfterEach
    void close() throws IOException {
        for (String reference : made) {
            Commands.run("docker", "--host", "unix://" + testEngine.socket(), "image", "rm", "--force", reference);
        }
        registry.ifPresent(Registry::close);
    }

    @ParameterizedTest
    @EnumSource
    void aPrivateBaseImageIsFetchedWithTheLoginOfThisMachine(Kept kept) throws IOException {
        assertThat(wordOf(build(With.BUILDKIT, logins(kept)))).containsExactly("private");
    }

    @ParameterizedTest
    @EnumSource
    void theClassicBuilderFetchesItWithTheLoginOfThisMachineToo(Kept kept) throws IOException {
        assertThat(wordOf(build(With.THE_CLASSIC_BUILDER, logins(kept)))).containsExactly("private");
    }

    @ParameterizedTest
    @EnumSource
    void aBuildWithoutALoginEndsWithWhatToDo(With builder) {
        assertThatThrownBy(() -> build(builder, new RegistryLogins(Map.of("DOCKER_CONFIG", folder.toString()))))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("Could not build the image")
                .extracting(failure -> ((UserError) failure).remedy())
                .isEqualTo("Check the image's name; if it is private, log in on this machine: docker login "
                        + registry().address() + " (there is no " + folder.resolve("config.json") + ")");
    }

    @ParameterizedTest
    @EnumSource
    void aBuildWithAWrongPasswordSaysWhoseItIs(With builder) throws IOException {
        Logins wrong = loginsIn(registry().logIn(folder.resolve("wrong"), "nonsense"));
        assertThatThrownBy(() -> build(builder, wrong))
                .isInstanceOf(EngineException.class)
                .extracting(failure -> ((UserError) failure).remedy())
                .asString()
                .contains("does not accept the login of ada in " + folder.resolve("wrong/config.json"))
                .contains("docker login " + registry().address())
                .doesNotContain("nonsense");
    }

    @ParameterizedTest
    @EnumSource
    void anImageIsFetchedByItsDigestAndTheLoginStaysHere(Kept kept) throws IOException {
        try (ContainerEngine mine = testEngine.open(host, logins(kept))) {
            String digest = mine.registryDigest(base).orElseThrow();
            var pinned = new ImageSource.Pulled(base, digest);
            assertThat(mine.hasImage(pinned)).isFalse();
            made.add(base);
            mine.pull(pinned, line -> {});
            assertThat(mine.hasImage(pinned)).isTrue();
            assertThat(mine.imageDigest(base)).contains(digest);
            assertThat(engine.registryDigest(base)).isEmpty();
        }
        Commands.run("docker", "--host", "unix://" + testEngine.socket(), "image", "rm", "--force", base);
        assertThatThrownBy(() -> engine.pull(new ImageSource.Pulled(base, ""), line -> {}))
                .isInstanceOf(EngineException.class);
    }

    @Test
    void aRegistryThatRefusesSaysSoWithWhatToDo() throws IOException {
        Logins wrong = loginsIn(registry().logIn(folder.resolve("wrong"), "nonsense"));
        try (ContainerEngine mine = testEngine.open(host, wrong)) {
            assertThat(mine.askRegistry(base)).isInstanceOfSatisfying(RegistryAnswer.HasNot.class, answer -> {
                assertThat(answer.words()).contains("unauthorized").doesNotContain("nonsense");
                assertThat(answer.remedy().orElseThrow())
                        .contains(
                                "does not accept the login of ada",
                                "docker login " + registry().address());
            });
            assertThatThrownBy(() -> mine.pull(new ImageSource.Pulled(base, ""), line -> {}))
                    .isInstanceOf(EngineException.class)
                    .hasMessageStartingWith("Could not fetch the image " + base + ": ")
                    .extracting(failure -> ((UserError) failure).remedy())
                    .asString()
                    .contains("does not accept the login of ada");
        }
    }

    private Registry registry() {
        return registry.orElseThrow();
    }

    /** A small image that the engine does not have by any name of the registry. */
    private String builtHere() throws IOException {
        String local = name("base") + ":1";
        Files.writeString(
                Files.createDirectories(folder.resolve("base")).resolve("Dockerfile"),
                "FROM " + image + "\nRUN echo private > /word\n");
        engine.build(sketch(local, "base"), line -> {});
        return local;
    }

    private ImageSource.Built build(With builder, Logins logins) throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve("user")).resolve("Dockerfile"),
                "ARG HOST\nFROM $HOST/private/base:1\nRUN cat /word > /copy\n");
        String reference = name("user") + ":1";
        made.add(reference);
        made.add(base);
        ImageSource.Built built = sketch(reference, "user");
        RegistryAccess registries = new RegistryAccess(logins);
        try (var calls = new EngineCalls(host, Duration.ofSeconds(60))) {
            Builds.Builder chosen = switch (builder) {
                case BUILDKIT -> new BuildKitBuilder(calls, registries);
                case THE_CLASSIC_BUILDER -> new ClassicBuilder(calls, registries);
            };
            new Builds(calls, new Images(calls, registries), chosen).build(built, BuildMaterials.NONE, line -> {});
        }
        return built;
    }

    private ImageSource.Built sketch(String reference, String context) {
        return new ImageSource.Built(
                reference,
                folder.resolve(context).toString(),
                "Dockerfile",
                Map.of("HOST", registry().address()),
                Optional.empty());
    }

    private List<String> wordOf(ImageSource.Built built) {
        String container = name("output");
        create(container, SpecBuilder.of(built).shell("cat /copy"));
        engine.start(container);
        assertThat(engine.await(container)).isZero();
        return output(container);
    }

    private Logins logins(Kept kept) throws IOException {
        Path docker = folder.resolve("docker");
        return switch (kept) {
            case IN_THE_FILE -> loginsIn(registry().logIn(docker, Registry.PASSWORD));
            case BY_A_PROGRAM -> loginsIn(registry().logInWithKeeper(docker, folder.resolve("programs")));
        };
    }

    private Logins loginsIn(Path docker) {
        return new RegistryLogins(Map.of(
                "DOCKER_CONFIG", docker.toString(), "PATH", folder.resolve("programs") + ":" + System.getenv("PATH")));
    }
}
