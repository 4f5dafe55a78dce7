package dev.portolan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portolan.cli.PortolanProcess.Ended;
import dev.portolan.demo.Ports;
import dev.portolan.docker.ContainerEngine;
import dev.portolan.host.HostConnection;
import dev.portolan.model.ExitCode;
import dev.portolan.model.Labels;
import dev.portolan.testing.TestEngine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person's afternoon with one app: processes of the command line, a real engine, real proxies. */
class CommandLineIT {
    private static final String APP = "cmdline";

    /** Short, since sockets are in it. */
    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private HostConnection host;
    private ContainerEngine engine;
    private int port;

    @BeforeEach
    void anAppInAFolder() throws IOException {
        TestEngine shared = TestEngine.shared();
        host = shared.host(folder.resolve("s"));
        engine = shared.open(host);
        port = Ports.free(18700, 3);
        Files.createDirectories(folder.resolve(APP));
        Files.writeString(folder.resolve(APP + "/compose.yaml"), PagesApp.compose(engine, port));
        environment.put("DOCKER_HOST", "unix://" + shared.socket());
        environment.put("PORTOLAN_STATE", folder.resolve("s").toString());
        environment.put("VERSION", "v1");
    }

    @AfterEach
    void takeItAway() throws IOException, InterruptedException {
        try {
            portolan("down", "--volumes", "--yes");
        } finally {
            engine.close();
            host.close();
        }
    }

    @Test
    void anAfternoonWithOneApp() throws IOException, InterruptedException {
        assertThat(good("init", "--regions", "oslo,lima").output()).startsWith("wrote ");
        quick();
        assertThat(good("plan").output()).contains("web: new", "wave 2 of 2: oslo");
        assertThat(good("status").output()).contains("nothing is deployed");

        assertThat(good("up").output())
                .contains("the app: http://localhost:" + port + "/", "oslo: http://127.0.0.1:" + (port + 1) + "/");
        assertThat(read(port)).isEqualTo("oslo v1");
        assertThat(read(port + 2)).isEqualTo("lima v1");
        assertThat(good("plan").output()).startsWith("nothing to do");
        assertThat(good("status").output()).containsPattern("oslo \\(primary\\) +local +served +[0-9-]\\S* +web +1/1");
        assertThat(good("doctor").output()).contains("the edge listens there", "the proxy of lima listens there");
        logs();
        containers();

        environment.put("VERSION", "v2");
        Ended deployed = good("deploy", "--output", "json");
        JsonNode summary = last(deployed);
        assertThat(summary.get("result").asText()).isEqualTo("committed");
        assertThat(summary.get("failed").asLong()).isZero();
        assertThat(read(port)).isEqualTo("oslo v2");
        assertThat(good("history").output().lines().filter(line -> line.contains(": committed in ")))
                .hasSize(2);
        assertThat(good("history", summaryRollout(deployed)).output()).contains("plan: wave 1 of 2: lima");

        assertThat(good("rollback").output()).contains("wave 1 of 1: oslo, lima");
        assertThat(read(port)).isEqualTo("oslo v1");

        assertThat(good("drain", "lima").output()).startsWith("lima is drained");
        assertThat(good("status").output()).contains("drained");
        assertThat(good("undrain", "lima").output()).startsWith("lima gets its readers again");
        assertThat(good("probe", "http://127.0.0.1:" + port + "/", "--rate", "50/s", "--for", "2s")
                        .output())
                .contains("keep-alive GET 50/s   100        100       0");

        assertThat(good("down").output()).endsWith("cmdline is gone; its volumes are kept\n");
        assertThat(good("status").output()).contains("nothing is deployed");
        assertThat(good("plan").output()).contains("web: new").doesNotContain("in place of");
        assertThat(good("history").output()).contains("then taken off its hosts by ");
        assertThat(engine.containers(Map.of(Labels.APP, APP))).isEmpty();
        assertThat(engine.networks()).doesNotContainKeys(APP + "-oslo_default", APP + "-lima_default");
    }

    @Test
    void onTheSignalsOfCtrlCWhatHasBegunGoesBack() throws IOException, InterruptedException {
        good("init", "--regions", "oslo,lima");
        quick();
        good("up");
        environment.put("VERSION", "v2");
        Path file = folder.resolve(APP + "/portolan.yml");
        Files.writeString(file, Files.readString(file).replace("monitor: 1s", "monitor: 2m"));

        for (String signal : List.of("INT", "TERM")) {
            Ended ended =
                    start("deploy").awaitOutput("watching lima").signal(signal).await();

            assertThat(ended.exit()).isEqualTo(ExitCode.FAILED.status());
            assertThat(ended.output())
                    .contains("press Ctrl-C again to leave it to the next command")
                    .contains("rolled back: everything serves as before")
                    .contains("because stopped on request");
            assertThat(read(port + 2)).isEqualTo("lima v1");
        }

        Ended left = start("deploy")
                .awaitOutput("watching lima")
                .signal("INT")
                .awaitOutput("press Ctrl-C again")
                .signal("INT")
                .await();
        assertThat(left.exit()).isIn(ExitCode.UNKNOWN_STATE.status(), ExitCode.FAILED.status());
        Ended back = portolan("rollback");
        assertThat(back.exit()).isZero();
        assertThat(read(port + 2)).isEqualTo("lima v1");
    }

    private void logs() throws IOException, InterruptedException {
        assertThat(good("logs").output().lines())
                .containsExactlyInAnyOrder(
                        "oslo/web-1 | v1 serves",
                        "lima/web-1 | v1 serves",
                        "oslo/worker-1 | works",
                        "lima/worker-1 | works");
        assertThat(good("logs", "web", "--region", "lima").output()).isEqualTo("lima/web-1 | v1 serves\n");
        Ended followed = start("logs", "-f", "worker")
                .awaitOutput("oslo/worker-1 | works")
                .awaitOutput("lima/worker-1 | works")
                .signal("INT")
                .await();
        assertThat(followed.exit()).isZero();
    }

    private void containers() throws IOException, InterruptedException {
        assertThat(portolan("exec", "web", "sh", "-c", "echo $PORTOLAN_REGION; exit 7"))
                .extracting(Ended::exit, Ended::output)
                .containsExactly(7, "oslo\n");
        byte[] bytes = new byte[300_000];
        new Random(7).nextBytes(bytes);
        Ended copied =
                start("run", "--region", "lima", "web", "cat").write(bytes).await();
        assertThat(copied.exit()).isZero();
        assertThat(copied.bytes()).isEqualTo(ByteBuffer.wrap(bytes));
        assertThat(engine.containers(Map.of(Labels.ROLE, "run", Labels.RUN_OF, APP)))
                .isEmpty();
        assertThat(last(good("exec", "-o", "json", "web", "echo", "hi"))
                        .get("exit")
                        .asInt())
                .isZero();
    }

    /** The defaults take minutes. */
    private void quick() throws IOException {
        Path file = folder.resolve(APP + "/portolan.yml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceFirst(
                                "(?m)^# rollout: .*$", "rollout: { monitor: 1s, keep: 1m, drain: 2s, healthy: 30s }"));
    }

    private Ended good(String... line) throws IOException, InterruptedException {
        Ended ended = portolan(line);
        assertThat(ended.exit())
                .as("%s: %s%s", List.of(line), ended.output(), ended.error())
                .isZero();
        return ended;
    }

    private Ended portolan(String... line) throws IOException, InterruptedException {
        return start(line).await();
    }

    private PortolanProcess start(String... line) throws IOException {
        return PortolanProcess.start(folder.resolve(APP), environment, List.of(line));
    }

    private static JsonNode last(Ended ended) throws IOException {
        return new ObjectMapper()
                .readTree(ended.output().lines().toList().getLast().getBytes(StandardCharsets.UTF_8));
    }

    private static String summaryRollout(Ended ended) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        for (String line : ended.output().lines().toList()) {
            JsonNode event = mapper.readTree(line);
            if (event.get("event").asText().equals("rollout-ended")) {
                return event.get("rollout").asText();
            }
        }
        throw new AssertionError("no rollout ended: " + ended.output());
    }

    private static String read(int port) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body()
                    .strip();
        }
    }
}
