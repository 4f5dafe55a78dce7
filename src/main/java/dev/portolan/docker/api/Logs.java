package dev.portolan.docker.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portolan.docker.ContainerEngine.LogLine;
import dev.portolan.http.HttpHeaders;
import dev.portolan.http.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
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
                .with("timestamps", true);
        String last = tail < 0 ? "all" : String.valueOf(tail);
        calls.doing("read the output of the container " + nameOrId, () -> {
            try {
                JsonNode container = containers.inspection(nameOrId);
                boolean tty = container.path("Config").path("Tty").asBoolean();
                var seen = new SeenLines(lines);
                read(query.with("tail", last).with("follow", follow), tty, seen);
                Optional<String> since = seen.latestTime();
                if (follow && since.isPresent()) {
                    // Docker 20.10 may end a followed output before its end when the container ends.
                    read(query.with("since", since.get()), tty, seen.fromHereOn());
                } else if (follow && tail != 0) {
                    read(query.with("tail", last), tty, seen);
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

    private void read(Query query, boolean tty, Consumer<LogLine> lines) throws IOException {
        try (var exchange = calls.stream("GET", query, HttpHeaders.NONE, new HttpRequest.NoBody())) {
            InputStream body = exchange.response().body();
            if (tty) {
                readUndivided(body, lines);
            } else {
                readFrames(body, lines);
            }
        }
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
