package dev.portolan.docker.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portolan.docker.EngineException;
import dev.portolan.host.ByteStream;
import dev.portolan.host.HostConnection;
import dev.portolan.http.HttpHeaders;
import dev.portolan.http.HttpRequest;
import dev.portolan.http.HttpResponse;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Calls of the engine's API: one method call, one request. A status that means no is a {@link RefusedException}. */
final class EngineCalls implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EngineTransport transport;
    private final String socket;
    private final Duration limit;
    private final ReentrantLock negotiating = new ReentrantLock();
    private volatile Optional<Versions> versions = Optional.empty();

    /**
     * @param usual of most calls
     * @param newest of those that have more to say the newer the engine is
     */
    private record Versions(ApiVersion usual, ApiVersion newest) {}

    /** @param limit for the answer to a call that does not stream or wait */
    EngineCalls(HostConnection host, Duration limit) {
        this.transport = new EngineTransport(host);
        this.socket = host.engineSocket();
        this.limit = limit;
    }

    /** Something that fails as calls do. */
    interface Call<T> {
        T run() throws IOException;
    }

    /**
     * Runs calls and turns their failure into one for a person.
     *
     * @param doing see {@link Failures#of}
     */
    <T> T doing(String doing, Call<T> call) {
        try {
            return call.run();
        } catch (IOException e) {
            throw Failures.of(doing, socket, e);
        }
    }

    /** As {@link #doing}; empty when the engine does not have what is asked for. */
    <T> Optional<T> finding(String doing, Call<T> call) {
        return doing(doing, () -> {
            try {
                return Optional.of(call.run());
            } catch (RefusedException e) {
                if (e.status() == 404) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    Duration limit() {
        return limit;
    }

    JsonNode read(Query query) throws IOException {
        return json(HttpRequest.of("GET", versioned(query)), limit);
    }

    JsonNode read(Query query, HttpHeaders headers) throws IOException {
        return json(new HttpRequest("GET", versioned(query), headers, new HttpRequest.NoBody()), limit);
    }

    JsonNode post(Query query) throws IOException {
        return json(HttpRequest.of("POST", versioned(query)), limit);
    }

    /** @param time in place of the usual limit, for calls that wait */
    JsonNode post(Query query, Duration time) throws IOException {
        return json(HttpRequest.of("POST", versioned(query)), time);
    }

    JsonNode post(Query query, JsonNode body) throws IOException {
        return json(withJson(HttpRequest.of("POST", versioned(query)), body), limit);
    }

    /** As {@link #post(Query, JsonNode)}, in {@link #newestVersion}. */
    JsonNode postNewest(Query query, JsonNode body) throws IOException {
        String target = "/v" + newestVersion().text() + query.target();
        return json(withJson(HttpRequest.of("POST", target), body), limit);
    }

    void delete(Query query) throws IOException {
        json(HttpRequest.of("DELETE", versioned(query)), limit);
    }

    /** Sends a tar archive, which may take as long as it takes. */
    void put(Query query, HttpRequest.Body tar) throws IOException {
        HttpRequest request = HttpRequest.of("PUT", versioned(query)).with("Content-Type", "application/x-tar");
        try (var exchange = open(request.with(tar))) {
            exchange.response().readAll();
        }
    }

    /** A call whose answer is a stream without end or limit. */
    EngineTransport.Exchange stream(String method, Query query, HttpHeaders headers, HttpRequest.Body body)
            throws IOException {
        return open(new HttpRequest(method, versioned(query), headers, body));
    }

    /** A call after which the connection carries bytes in both directions. */
    EngineTransport.Exchange upgrade(Query query, Optional<JsonNode> body) throws IOException {
        HttpRequest request = HttpRequest.of("POST", versioned(query))
                .with("Connection", "Upgrade")
                .with("Upgrade", "tcp");
        return open(body.isPresent() ? withJson(request, body.get()) : request);
    }

    /**
     * A call after which the connection speaks another protocol.
     *
     * @param protocol such as {@code h2c}
     */
    ByteStream switchTo(String protocol, Query query, HttpHeaders headers) throws IOException {
        HttpRequest request = new HttpRequest("POST", versioned(query), headers, new HttpRequest.NoBody())
                .with("Connection", "Upgrade")
                .with("Upgrade", protocol);
        return open(request).response().upgraded();
    }

    /** What is spoken with the engine, found out with the first call. */
    ApiVersion version() throws IOException {
        return versions().usual();
    }

    /** The newest that both know: what an engine makes depends on the version in which it is asked. */
    ApiVersion newestVersion() throws IOException {
        return versions().newest();
    }

    private Versions versions() throws IOException {
        Optional<Versions> known = versions;
        if (known.isPresent()) {
            return known.get();
        }
        negotiating.lock();
        try {
            if (versions.isEmpty()) {
                JsonNode answer = json(HttpRequest.of("GET", "/version"), limit);
                versions = Optional.of(new Versions(ApiVersion.negotiated(answer), ApiVersion.newest(answer)));
            }
            return versions.orElseThrow();
        } finally {
            negotiating.unlock();
        }
    }

    private String versioned(Query query) throws IOException {
        return "/v" + version().text() + query.target();
    }

    private static HttpRequest withJson(HttpRequest request, JsonNode body) throws IOException {
        return request.with("Content-Type", "application/json")
                .with(new HttpRequest.Bytes(JSON.writeValueAsBytes(body)));
    }

    private EngineTransport.Exchange open(HttpRequest request) throws IOException {
        return accepted(transport.send(request, Optional.empty()));
    }

    private JsonNode json(HttpRequest request, Duration time) throws IOException {
        try (var exchange = accepted(transport.send(request, Optional.of(time)))) {
            byte[] body = exchange.response().readAll();
            return parsed(body);
        }
    }

    /** Empty bodies are a missing node. */
    private static JsonNode parsed(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            var wrong = new ProtocolException("the answer is not JSON");
            wrong.initCause(e);
            throw wrong;
        }
    }

    private static EngineTransport.Exchange accepted(EngineTransport.Exchange exchange) throws IOException {
        int status = exchange.response().status();
        if (status == 101 || status < 300 || status == 304) {
            return exchange;
        }
        try (exchange) {
            throw new RefusedException(status, words(exchange.response()));
        }
    }

    private static String words(HttpResponse response) throws IOException {
        byte[] body = response.readAll();
        try {
            return JSON.readTree(body).path("message").asText("status " + response.status());
        } catch (JsonProcessingException e) {
            return "status " + response.status();
        }
    }

    @Override
    public void close() {
        transport.close();
    }

    /** For messages that come in the middle of a stream. */
    EngineException failure(String doing, IOException cause) {
        return Failures.of(doing, socket, cause);
    }
}
