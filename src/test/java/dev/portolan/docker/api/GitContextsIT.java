package dev.portolan.docker.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.config.ConfigurationReader;
import dev.portolan.docker.BuildMaterials;
import dev.portolan.docker.EngineException;
import dev.portolan.docker.Logins;
import dev.portolan.model.ImageSource;
import dev.portolan.model.InvalidConfiguration;
import dev.portolan.testing.Commands;
import dev.portolan.testing.GitServer;
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

/** Images that are built from a git repository, which the engine fetches itself. */
class GitContextsIT extends EngineTestBase {
    private final List<String> made = new ArrayList<>();
    private Optional<GitServer> server = Optional.empty();

    @BeforeEach
    void aRepository() throws IOException {
        server = Optional.of(GitServer.start(folder.resolve("git")));
        git().with("server/Dockerfile", "FROM " + image + "\nCOPY . /app\n").with("server/word", "one\n");
    }

    @AfterEach
    void close() throws IOException {
        for (String reference : made) {
            Commands.run("docker", "--host", "unix://" + testEngine.socket(), "image", "rm", "--force", reference);
        }
        server.ifPresent(GitServer::close);
    }

    @Test
    void anImageIsNamedByTheCommitThatABranchIsNow() throws IOException {
        String first = git().push("main");
        git().with("server/word", "another one\n").push("older/main"); // ends in the same word
        git().with("server/word", "one\n").with("README", "read me\n").push("main");
        git().tag("v1");
        String written = read("{ context: '%s#main:server' }").reference();
        assertThat(read("{ context: '%s#v1:server' }").reference()).isEqualTo(written);
        assertThat(read("{ context: '%s#" + first + ":server' }").reference()).isNotEqualTo(written);
        assertThat(wordOf(read("{ context: '%s#main:server' }"))).containsExactly("one", "Dockerfile", "word");

        String next = git().with("server/word", "two\n").push("main");
        ImageSource.Built changed = read("{ context: '%s#main:server' }");
        assertThat(changed.reference()).isNotEqualTo(written);
        assertThat(wordOf(changed)).contains("two");
        assertThat(read("{ context: '%s#" + next + ":server' }").reference()).isEqualTo(changed.reference());
        assertThat(wordOf(read("{ context: '%s#" + first + ":server' }"))).contains("one");
        assertThat(wordOf(read("{ context: '%s#v1:server' }"))).contains("one");
    }

    @Test
    void theClassicBuilderFetchesItToo() throws IOException {
        git().with("Dockerfile", "FROM " + image + "\nCOPY server /app\n").push("main");
        ImageSource.Built built = read("{ context: '%s#main' }");
        RegistryAccess nobody = new RegistryAccess(Logins.NONE);
        try (var calls = new EngineCalls(host, Duration.ofSeconds(60))) {
            new Builds(calls, new Images(calls, nobody), new ClassicBuilder(calls, nobody))
                    .build(built, BuildMaterials.NONE, line -> {});
        }
        assertThat(run(built)).contains("one");
    }

    @Test
    void aRepositoryMayHaveADockerfileOfTheComposeFileAndMayLendItsFiles() throws IOException {
        git().with("Dockerfile", "FROM nowhere\n").push("main");
        String inline = "dockerfile_inline: \"FROM " + image + "\\nCOPY server /app\\n\"";
        assertThat(wordOf(read("{ context: '%s', " + inline + " }"))).contains("one");

        Files.createDirectories(folder.resolve("project/here"));
        String lent = "dockerfile_inline: \"FROM " + image + "\\nCOPY --from=other word /app/\\n\"";
        assertThat(wordOf(read("{ context: here, additional_contexts: { other: '%s#main:server' }, " + lent + " }")))
                .contains("one");
    }

    @Test
    void whatTheRepositoryDoesNotHaveIsSaidWithItsName() throws IOException {
        git().push("main");
        assertThatThrownBy(() -> read("{ context: '%s#gone:server' }"))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("services/web/build")
                .hasMessageContaining(
                        "which commit " + git().address() + "#gone:server means: it has no branch or tag \"gone\"");
        assertThatThrownBy(() -> read("{ context: '" + git().address().replace("app.git", "other.git") + "' }"))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("git says: fatal: repository")
                .hasMessageContaining("not found");
        for (String folder : List.of("missing", "../..")) {
            ImageSource.Built noFolder = read("{ context: '%s#main:" + folder + "' }");
            assertThatThrownBy(() -> engine.build(noFolder, line -> {}))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining(folder);
        }
    }

    private GitServer git() {
        return server.orElseThrow();
    }

    /** @param build of the service; {@code %s} is the repository */
    private ImageSource.Built read(String build) throws IOException {
        Path project = Files.createDirectories(folder.resolve("project"));
        Files.writeString(project.resolve("portolan.yml"), "app: git\nregions: { oslo: { hosts: [local] } }\n");
        Files.writeString(
                project.resolve("compose.yaml"),
                "services:\n  web:\n    build: " + build.replace("%s", git().address()) + "\n");
        var options = ConfigurationReader.Options.of(Map.of(), engine::imageDigest);
        var desired = ConfigurationReader.read(project, options).desired();
        return (ImageSource.Built) desired.workload("oslo")
                .service("web")
                .orElseThrow()
                .container()
                .image();
    }

    private List<String> wordOf(ImageSource.Built built) {
        made.add(built.reference());
        engine.build(built, line -> {});
        return run(built);
    }

    private List<String> run(ImageSource.Built built) {
        made.add(built.reference());
        String container = name("output");
        create(container, SpecBuilder.of(built).shell("cat /app/word; ls /app"));
        engine.start(container);
        assertThat(engine.await(container)).isZero();
        List<String> lines = output(container);
        engine.remove(container);
        return lines;
    }
}
