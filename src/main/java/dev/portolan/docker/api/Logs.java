package dev.portolan.docker.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portolan.docker.ContainerEngine.LogLine;
import dev.portolan.http.HttpHeaders;
import dev.portolan.http.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** The output of containers, line by line. */
final class Logs {
    private final EngineCalls calls;
    private final Containers containers;

    Logs(EngineCalls calls, Containers containers) {
        this.calls = calls;
        this.containers = containers;
    }

    void read(String nameOrId, boolean follow, int tail, Consumer<LogLine> lines) {
        Query query = Query.path("containers", nameOrId, "logs")
                .with("stdout", true)
                .with("stderr", true)
                .with("timestamps", true)
                .with("follow", follow)
                .with("tail", tail < 0 ? "all" : String.valueOf(tail));
        calls.doing("read the output of the container " + nameOrId, () -> {
            try {
                JsonNode container = containers.inspection(nameOrId);
                boolean tty = container.path("Config").path("Tty").asBoolean();
                try (var exchange = calls.stream("GET", query, HttpHeaders.NONE, new HttpRequest.NoBody())) {
                    InputStream body = exchange.response().body();
                    if (tty) {
                        readUndivided(body, lines);
                    } else {
                        readFrames(body, lines);
                    }
                }
            } catch (IOException e) {
                // An interrupt is how whoever follows says that it is enough.
                if (!Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
            return nameOrId;
        });
    }

    private static void readFrames(InputStream body, Consumer<LogLine> lines) throws IOException {
        var output = new LogLines(false, lines);
        var error = new LogLines(true, lines);
        new FrameReader(body)
                .readAll((isError, bytes, length, last) -> (isError ? error : output).accept(bytes, length, last));
        output.end();
        error.end();
    }

    private static void readUndivided(InputStream body, Consumer<LogLine> lines) throws IOException {
        var output = new LogLines(false, lines);
        byte[] buffer = new byte[32 * 1024];
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            output.acceptUndivided(buffer, count);
        }
        output.end();
    }
}
