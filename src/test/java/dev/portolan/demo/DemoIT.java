package dev.portolan.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portolan.docker.ContainerEngine;
import dev.portolan.host.HostConnection;
import dev.portolan.model.Labels;
import dev.portolan.testing.TestEngine;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command, as a newcomer runs it. */
class DemoIT {
    private static final long FEWEST_REQUESTS = 2_000;

    @TempDir(cleanup = CleanupMode.NEVER)
    private Path folder;

    @Test
    void theDemoLosesNoRequestAndLeavesNothingBehind() throws Exception {
        TestEngine engine = TestEngine.shared();
        Path output = folder.resolve("out");

        int status = run(engine, output);

        List<String> lines = Files.readAllLines(output);
        JsonNode summary = new ObjectMapper().readTree(lines.getLast());
        assertThat(summary.path("event").asText()).as(String.join("\n", lines)).isEqualTo("summary");
        assertThat(summary.path("failed").asLong(-1))
                .as(String.join("\n", lines))
                .isZero();
        assertThat(summary.path("requests").asLong()).isGreaterThan(FEWEST_REQUESTS);
        assertThat(status).isZero();
        assertNothingIsLeft(engine);
        assertThat(folder.resolve("s/demo")).doesNotExist();
    }

    private int run(TestEngine engine, Path output) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("./portolan", "demo", "--yes", "--output", "json")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(new File("/dev/null"));
        builder.environment()
                .putAll(Map.of(
                        "DOCKER_HOST",
                        "unix://" + engine.socket(),
                        "PORTOLAN_STATE",
                        folder.resolve("s").toString()));
        Process demo = builder.start();
        assertThat(demo.waitFor(10, TimeUnit.MINUTES)).isTrue();
        return demo.exitValue();
    }

    private void assertNothingIsLeft(TestEngine engine) {
        try (HostConnection host = engine.host(folder.resolve("s"));
                ContainerEngine client = engine.open(host)) {
            assertThat(client.containers(Map.of(Labels.APP, "harbour"))).isEmpty();
            assertThat(client.container("portolan-edge-harbour")).isEmpty();
            assertThat(client.container("portolan-proxy-harbour-dublin")).isEmpty();
            assertThat(client.networks().keySet()).noneMatch(name -> name.startsWith("harbour-"));
            assertThat(client.volumes(Map.of(Labels.APP, "harbour"))).isEmpty();
        }
    }
}
