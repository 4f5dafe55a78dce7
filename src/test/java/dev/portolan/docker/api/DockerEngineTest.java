package dev.portolan.docker.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.docker.ContainerEngine.EngineInfo;
import dev.portolan.docker.EngineException;
import dev.portolan.docker.Logins;
import dev.portolan.host.local.LocalHost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerEngineTest {
    private static final String NO_CONTAINERS =
            "GET /v1.41/containers/json?all=1&filters=%7B%22label%22%3A%5B%22a%3Db%22%5D%7D";

    @TempDir
    Path folder;

    private FakeEngine fake;
    private LocalHost host;
    private DockerEngine engine;
    private DockerEngine impatient;

    @BeforeEach
    void open() throws IOException {
        fake = new FakeEngine(folder.resolve("engine.sock"));
        host = new LocalHost(folder, folder.resolve("engine.sock").toString());
        engine = new DockerEngine(host, Logins.NONE, Duration.ofSeconds(20));
        impatient = new DockerEngine(host, Logins.NONE, Duration.ofMillis(200));
    }

    @AfterEach
    void close() throws IOException {
        engine.close();
        impatient.close();
        host.close();
        fake.close();
    }

    @Test
    void containersAreListedInOneCall() {
        fake.answer(NO_CONTAINERS, 200, "[]");
        assertThat(engine.containers(Map.of("a", "b"))).isEmpty();
        assertThat(engine.containers(Map.of("a", "b"))).isEmpty();
        assertThat(fake.requests()).containsExactly("GET /version", NO_CONTAINERS, NO_CONTAINERS);
    }

    @Test
    void anEngineThatDoesNotAnswerIsAnErrorAndNotAHang() {
        assertThatThrownBy(() -> impatient.networks())
                .isInstanceOf(EngineException.class)
                .hasMessage("Could not list the networks: the container engine gave no answer within 200 ms");
    }

    @Test
    void waitingForAContainerEndsWhenTheEngineStopsAnswering() {
        assertThatThrownBy(() -> impatient.await("web"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("no answer within");
        assertThat(fake.requests()).contains("GET /v1.41/containers/web/json");
    }

    @Test
    void aNewerEngineIsSpokenToInTheOldestVersionThatItKnows() {
        fake.answer("GET /version", 200, "{\"ApiVersion\":\"1.54\",\"MinAPIVersion\":\"1.44\",\"Version\":\"30.0\"}");
        fake.answer("GET /v1.44/info", 200, "{\"ID\":\"i\",\"ServerVersion\":\"30.0\",\"LiveRestoreEnabled\":true}");
        EngineInfo info = engine.info();
        assertThat(info.apiVersion()).isEqualTo("1.51"); // for what only newer ones have words for
        assertThat(info.liveRestore()).isTrue();
    }

    @Test
    void anOlderEngineIsRefusedWithItsVersion() {
        fake.answer(
                "GET /version", 200, "{\"ApiVersion\":\"1.39\",\"MinAPIVersion\":\"1.12\",\"Version\":\"18.09.1\"}");
        assertThatThrownBy(() -> engine.info())
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("18.09.1")
                .hasMessageContaining("1.41");
    }

    @Test
    void whatOnlyReadsIsAskedAgainOnANewConnection() throws IOException {
        fake.answer("GET /v1.41/networks", 200, "[]");
        engine.networks();
        fake.dropConnections();
        assertThat(engine.networks()).isEmpty();
    }

    @Test
    void whatChangesSomethingIsNeverSentTwice() {
        fake.answer("GET /v1.41/networks", 200, "[]");
        engine.networks();
        fake.breakAfter("POST /v1.41/containers/web/start", "");
        assertThatThrownBy(() -> engine.start("web"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("Could not start the container web");
        assertThat(fake.requests()).filteredOn(line -> line.startsWith("POST")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n[",
                "garbage\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<html>..."
            })
    void anAnswerThatIsNoneIsAnError(String bytes) {
        fake.breakAfter("GET /v1.41/networks", bytes);
        assertThatThrownBy(() -> engine.networks())
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("Could not list the networks: ");
    }

    @Test
    void theEnginesWordsArePassedOn() {
        fake.answer("POST /v1.41/containers/web/start", 500, "{\"message\":\"the moon is full\"}");
        assertThatThrownBy(() -> engine.start("web")).hasMessage("Could not start the container web: the moon is full");
        fake.answer("POST /v1.41/containers/web/start", 503, "not even JSON");
        assertThatThrownBy(() -> engine.start("web")).hasMessageEndingWith("status 503");
    }

    @Test
    void namesAreEncoded() {
        fake.answer("GET /v1.41/containers/a%20b%3Fc/json", 404, "{\"message\":\"no\"}");
        assertThat(engine.container("a b?c")).isEmpty();
        fake.answer("GET /v1.41/images/localhost:5000/a/b:1/json", 404, "{\"message\":\"no\"}");
        assertThat(engine.imageDigest("localhost:5000/a/b:1")).isEmpty();
    }

    @Test
    void theDigestIsTheRegistrysWhereThereIsOne() {
        String image = "{\"Id\":\"sha256:id\",\"RepoDigests\":[\"other/web@sha256:other\",\"shop/web@sha256:mine\"]}";
        fake.answer("GET /v1.41/images/shop/web:1/json", 200, image);
        fake.answer("GET /v1.41/images/local:1/json", 200, image);
        assertThat(engine.imageDigest("shop/web:1")).contains("sha256:mine");
        assertThat(engine.imageDigest("local:1")).contains("sha256:id");
    }

    @Test
    void anErrorInTheMiddleOfAFetchIsAnError() {
        fake.answer(
                "POST /v1.41/images/create?fromImage=shop%2Fweb&tag=1",
                200,
                "{\"status\":\"Pulling\",\"id\":\"1\"}\r\n{\"errorDetail\":{\"message\":\"no space left on device\"}}\r\n");
        var lines = new java.util.ArrayList<String>();
        assertThatThrownBy(() -> engine.pull(new dev.portolan.model.ImageSource.Pulled("shop/web:1", ""), lines::add))
                .isInstanceOf(EngineException.class)
                .hasMessage("Could not fetch the image shop/web:1: no space left on device")
                .extracting(e -> ((EngineException) e).remedy())
                .asString()
                .contains("disk");
        assertThat(lines).isEqualTo(List.of("1: Pulling"));
    }

    @Test
    void aMissingEngineIsSaidWithWhatToDo() throws IOException {
        try (var missing = new DockerEngine(new LocalHost(folder, "/nonexistent/docker.sock"))) {
            assertThatThrownBy(missing::info)
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("no container engine listens at /nonexistent/docker.sock");
        }
        fake.close();
        assertThatThrownBy(() -> engine.info())
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("does not run")
                .extracting(e -> ((EngineException) e).remedy())
                .asString()
                .contains("systemctl start docker");
    }

    @Test
    void aClosedClientSaysSo() {
        engine.close();
        assertThatThrownBy(() -> engine.info())
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("closed");
    }
}
