package dev.portolan.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portolan.host.local.LocalHost;
import dev.portolan.http.HttpConnection;
import dev.portolan.http.HttpRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** What tests must know of an engine's containers and Portolan need not. */
public final class Inside {
    private final String socket;

    private Inside(String socket) {
        this.socket = socket;
    }

    public static Inside of(TestEngine engine) {
        return new Inside(engine.socket());
    }

    /**
     * Kills a container's process behind the engine's back, which then does what its restart policy says. An engine that is told
     * to kill does not.
     */
    public void killProcess(String container) throws IOException {
        Assumptions.assumeTrue(
                System.getProperty("user.name").equals("root"), "needs root to kill the process of a container");
        ProcessHandle first =
                ProcessHandle.of(process(container)).orElseThrow(() -> new IOException(container + " does not run"));
        first.destroyForcibly();
        while (first.isAlive()) { // the kernel ends all others of the container before this one
            Commands.pause(Duration.ofMillis(1));
        }
    }

    /** A container's first process, as the machine numbers it; 0 when it does not run. */
    long process(String container) throws IOException {
        return call("/containers/" + container + "/json")
                .path("State")
                .path("Pid")
                .asLong();
    }

    /** @param body JSON, or empty */
    void post(String target, String body) throws IOException {
        HttpRequest plain = HttpRequest.of("POST", target);
        HttpRequest request = body.isEmpty()
                ? plain
                : plain.with("Content-Type", "application/json").with(new HttpRequest.Bytes(body.getBytes(UTF_8)));
        try (var host = new LocalHost(Path.of("/nonexistent"), socket);
                var connection = new HttpConnection(host.dial(socket));
                var response = connection.send(request)) {
            if (response.status() >= 300) {
                throw new IOException("the engine refuses " + target + ": " + new String(response.readAll(), UTF_8));
            }
        }
    }

    /** Processes of all running containers, as the machine numbers them. */
    static List<String> processesOf(String socket) throws IOException {
        Inside engine = new Inside(socket);
        List<String> processes = new ArrayList<>();
        for (JsonNode container : engine.call("/containers/json")) {
            JsonNode state = engine.call("/containers/" + container.path("Id").asText() + "/json")
                    .path("State");
            processes.add(state.path("Pid").asText());
        }
        return processes;
    }

    private JsonNode call(String target) throws IOException {
        try (var host = new LocalHost(Path.of("/nonexistent"), socket);
                var connection = new HttpConnection(host.dial(socket));
                var response = connection.send(HttpRequest.of("GET", target))) {
            return new ObjectMapper().readTree(response.readAll());
        }
    }
}
