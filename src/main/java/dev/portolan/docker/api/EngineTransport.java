package dev.portolan.docker.api;

import dev.portolan.host.HostConnection;
import dev.portolan.http.HttpConnection;
import dev.portolan.http.HttpRequest;
import dev.portolan.http.HttpResponse;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Requests to the engine's socket over connections that are used again. A request that only reads is sent a second time when
 * the connection it was sent on turns out to be one that the engine had closed meanwhile.
 */
final class EngineTransport implements AutoCloseable {
    private static final int MOST_IDLE = 16;

    private final HostConnection host;
    private final ConcurrentLinkedDeque<HttpConnection> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    EngineTransport(HostConnection host) {
        this.host = host;
    }

    /**
     * @param limit for the whole answer; empty for calls that take as long as they take
     */
    Exchange send(HttpRequest request, Optional<Duration> limit) throws IOException {
        while (true) {
            Optional<HttpConnection> kept = idleConnection();
            HttpConnection connection = kept.isPresent() ? kept.get() : dial();
            try {
                return new Exchange(connection, sendOn(connection, request, limit));
            } catch (IOException e) {
                if (kept.isEmpty() || !request.method().equals("GET") || endedOnPurpose(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean endedOnPurpose(IOException failure) {
        return failure instanceof SocketTimeoutException || failure instanceof ClosedByInterruptException;
    }

    private static HttpResponse sendOn(HttpConnection connection, HttpRequest request, Optional<Duration> limit)
            throws IOException {
        return limit.isPresent() ? connection.send(request, limit.get()) : connection.send(request);
    }

    private HttpConnection dial() throws IOException {
        if (closed) {
            throw new SocketException("the connection to the engine is closed");
        }
        return new HttpConnection(host.dial(host.engineSocket()));
    }

    private Optional<HttpConnection> idleConnection() throws IOException {
        for (HttpConnection next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            if (next.reusable()) {
                return Optional.of(next);
            }
            next.close();
        }
        return Optional.empty();
    }

    private void giveBack(HttpConnection connection) throws IOException {
        if (closed || idle.size() >= MOST_IDLE || !connection.reusable()) {
            connection.close();
        } else {
            idle.addFirst(connection);
        }
    }

    @Override
    public void close() {
        closed = true;
        for (HttpConnection next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            try {
                next.close();
            } catch (IOException e) {
                // it is idle: nothing is lost with it
            }
        }
    }

    /** A response and the connection that goes back when it is closed. */
    final class Exchange implements AutoCloseable {
        private final HttpConnection connection;
        private final HttpResponse response;
        private boolean done;

        private Exchange(HttpConnection connection, HttpResponse response) {
            this.connection = connection;
            this.response = response;
        }

        HttpResponse response() {
            return response;
        }

        @Override
        public void close() throws IOException {
            if (!done) {
                done = true;
                response.close();
                giveBack(connection);
            }
        }
    }
}
