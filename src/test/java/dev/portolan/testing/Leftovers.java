package dev.portolan.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portolan.host.local.LocalHost;
import dev.portolan.http.HttpConnection;
import dev.portolan.http.HttpRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** Everything but the images of an engine that belongs to the tests. */
final class Leftovers {
    private static final Set<String> BUILT_IN = Set.of("bridge", "host", "none");

    private final String socket;

    Leftovers(String socket) {
        this.socket = socket;
    }

    void remove() throws IOException {
        for (JsonNode container : call("GET", "/containers/json?all=1")) {
            call("DELETE", "/containers/" + container.path("Id").asText() + "?force=1&v=1");
        }
        for (JsonNode network : call("GET", "/networks")) {
            if (!BUILT_IN.contains(network.path("Name").asText())) {
                call("DELETE", "/networks/" + network.path("Id").asText());
            }
        }
        for (JsonNode volume : call("GET", "/volumes").path("Volumes")) {
            call("DELETE", "/volumes/" + volume.path("Name").asText());
        }
    }

    private JsonNode call(String method, String target) throws IOException {
        try (var host = new LocalHost(Path.of("/nonexistent"), socket);
                var connection = new HttpConnection(host.dial(socket));
                var response = connection.send(HttpRequest.of(method, target))) {
            return new ObjectMapper().readTree(response.readAll());
        }
    }
}
