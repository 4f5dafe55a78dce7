package dev.portolan.load;

import dev.portolan.http.HttpConnection;
import dev.portolan.http.HttpHeaders;
import dev.portolan.http.HttpRequest;
import dev.portolan.http.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes GETs and POSTs. A kept connection is asked whether the server has closed it before it is used again, as every browser
 * does; when the server closes it in the moment between, the request has failed and is not repeated.
 */
final class HttpVisitor implements Visitor {
    private static final Duration LEAVE = Duration.ofSeconds(1);

    private final Reader reader;
    private final LoadSettings settings;
    private final HttpRequest request;
    private final AtomicLong connections = new AtomicLong();
    private final Deque<Kept> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    /** @param requests that it has carried */
    private record Kept(HttpConnection connection, Wire wire, AtomicLong requests) {}

    HttpVisitor(Reader reader, LoadSettings settings) {
        this.reader = reader;
        this.settings = settings;
        HttpHeaders headers = reader.headers();
        if (headers.first("Host").isEmpty()) {
            headers = headers.with("Host", reader.authority());
        }
        headers = headers.with("User-Agent", "portolan").with("Accept", "*/*");
        if (reader.kind() == ReaderKind.NEW_CONNECTION) {
            headers = headers.with("Connection", "close");
        }
        if (reader.kind() == ReaderKind.POST) {
            headers = headers.with("Content-Type", "text/plain");
        }
        this.request = new HttpRequest(
                reader.kind() == ReaderKind.POST ? "POST" : "GET", reader.target(), headers, new HttpRequest.NoBody());
    }

    @Override
    public Outcome visit(String id, long deadlineNanos) {
        Kept kept;
        try {
            kept = connection(deadlineNanos);
        } catch (IOException e) {
            return Failing.toConnect(reader, e);
        }
        Duration idleBefore = kept.wire().idle();
        kept.wire().use(deadlineNanos);
        Optional<ServedBy> by = Optional.empty();
        Outcome outcome;
        try (HttpResponse response = kept.connection().send(request(id))) {
            by = Optional.of(Answers.servedBy(response.headers(), settings));
            outcome = read(response, by.get(), id);
            leave(response, kept.wire());
        } catch (IOException e) {
            String where = Failing.where(kept.wire().received(), kept.requests().get(), idleBefore);
            return Failing.toAnswer(reader, e, where, by);
        }
        return rested(kept) ? surplus(outcome) : outcome;
    }

    private HttpRequest request(String id) {
        HttpRequest named = request.with("X-Request-Id", id);
        return reader.kind() == ReaderKind.POST
                ? named.with(new HttpRequest.Bytes(id.getBytes(StandardCharsets.UTF_8)))
                : named;
    }

    private Kept connection(long deadlineNanos) throws IOException {
        for (Kept kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
            if (kept.connection().reusable()) {
                return kept;
            }
            kept.connection().close();
        }
        Wire wire = Wire.open(reader, settings, deadlineNanos);
        connections.incrementAndGet();
        return new Kept(new HttpConnection(wire), wire, new AtomicLong());
    }

    private Outcome read(HttpResponse response, ServedBy by, String id) throws IOException {
        Optional<FailureKind> failure = Answers.failure(response.status());
        if (failure.isPresent()) {
            String body = new String(response.readAll(), StandardCharsets.UTF_8);
            return failed(failure.get(), "status " + response.status() + ": " + Answers.start(body), by);
        }
        Optional<String> problem = Answers.problem(response, reader.expectation(), id);
        return problem.isPresent()
                ? failed(FailureKind.WRONG_BODY, problem.get(), by)
                : new Outcome.Succeeded(by, System.nanoTime());
    }

    /** The side that closes first is left with a port it cannot use for a minute: the server says it does, so let it. */
    private void leave(HttpResponse response, Wire wire) {
        if (reader.kind() == ReaderKind.NEW_CONNECTION && response.headers().hasToken("Connection", "close")) {
            wire.awaitEnd(LEAVE);
        }
    }

    /** Keeps the connection for the next request if it can be. Returns whether more has come than the answer. */
    private boolean rested(Kept kept) {
        kept.requests().incrementAndGet();
        kept.wire().rest();
        boolean reusable = kept.connection().reusable();
        if (reusable && reader.kind() != ReaderKind.NEW_CONNECTION && !closed) {
            idle.addFirst(kept);
            return false;
        }
        boolean surplus = !reusable && !kept.wire().ended();
        kept.wire().close();
        return surplus;
    }

    private static Outcome surplus(Outcome outcome) {
        return outcome instanceof Outcome.Succeeded(ServedBy by, long ignored)
                ? failed(FailureKind.WRONG_LENGTH, "the answer was complete, then more came", by)
                : outcome;
    }

    private static Outcome failed(FailureKind kind, String reason, ServedBy by) {
        return new Outcome.Failed(kind, reason, Optional.of(by), System.nanoTime());
    }

    @Override
    public long connections() {
        return connections.get();
    }

    @Override
    public long reconnects() {
        return 0;
    }

    @Override
    public void close() {
        closed = true;
        for (Kept kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
            kept.wire().close();
        }
    }
}
