package dev.portolan.load;

import dev.portolan.http.HttpHeaders;
import dev.portolan.http.HttpRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends messages on one WebSocket and waits for each to come back. When the server closes it, the next message opens another:
 * that is a reconnect. What was under way then is cut off; it is a failure only when the server refuses the other one, or
 * when a message does not come back although nobody has closed the connection.
 */
final class EchoVisitor implements Visitor {
    private final Reader reader;
    private final LoadSettings settings;
    private final HttpRequest request;
    private final ReentrantLock connecting = new ReentrantLock();
    private final AtomicLong connections = new AtomicLong();
    private volatile Optional<EchoConnection> current = Optional.empty();

    EchoVisitor(Reader reader, LoadSettings settings) {
        this.reader = reader;
        this.settings = settings;
        HttpHeaders headers = reader.headers();
        if (headers.first("Host").isEmpty()) {
            headers = headers.with("Host", reader.authority());
        }
        this.request = new HttpRequest(
                "GET", reader.target(), headers.with("User-Agent", "portolan"), new HttpRequest.NoBody());
    }

    @Override
    public Outcome visit(String id, long deadlineNanos) throws InterruptedException {
        EchoConnection connection;
        try {
            if (!connecting.tryLock(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return Outcome.failed(
                        FailureKind.CONNECT_TIMEOUT, "no WebSocket within " + Text.duration(reader.timeout()));
            }
            try {
                connection = connection(deadlineNanos);
            } finally {
                connecting.unlock();
            }
        } catch (NotConnected e) {
            return e.outcome;
        }
        try {
            return connection.send(id).get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            String reason = "'" + id + "' did not come back within " + Text.duration(reader.timeout());
            connection.giveUp(reason);
            return Outcome.failed(FailureKind.ECHO_LOST, reason);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // it is only ever completed with an outcome
        }
    }

    /** A message that has no connection to go on, with what becomes of it. */
    private static final class NotConnected extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Outcome outcome;

        NotConnected(Outcome outcome) {
            super("not connected");
            this.outcome = outcome;
        }
    }

    private EchoConnection connection(long deadlineNanos) throws NotConnected {
        Optional<EchoConnection> open = current.filter(EchoConnection::isOpen);
        if (open.isPresent()) {
            return open.get();
        }
        Wire wire;
        try {
            wire = Wire.open(reader, settings, deadlineNanos);
        } catch (IOException e) {
            throw new NotConnected(Failing.toConnect(reader, e));
        }
        try {
            var connection = EchoConnection.open(wire, request, settings);
            connections.incrementAndGet();
            current = Optional.of(connection);
            return connection;
        } catch (EchoConnection.Refused e) {
            FailureKind kind = Answers.failure(e.status()).orElse(FailureKind.MALFORMED);
            throw new NotConnected(Outcome.failed(kind, Failing.words(e)));
        } catch (IOException e) {
            wire.close();
            String where = Failing.where(wire.received(), 0, Duration.ZERO);
            throw new NotConnected(Failing.toAnswer(reader, e, where, Optional.empty()));
        }
    }

    @Override
    public long connections() {
        return connections.get();
    }

    /** All but the first replace one that has ended. */
    @Override
    public long reconnects() {
        return Math.max(0, connections.get() - 1);
    }

    @Override
    public void close() {
        current.ifPresent(EchoConnection::close);
    }
}
