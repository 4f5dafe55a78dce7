package dev.portolan.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes connections of TCP, each for one visit. Where the reader has a line, it is said, and a line must come back; otherwise the
 * connection is all that is asked for, which a proxy may take although nobody is behind it.
 */
final class ConnectionVisitor implements Visitor {
    private final Reader reader;
    private final LoadSettings settings;
    private final AtomicLong connections = new AtomicLong();

    ConnectionVisitor(Reader reader, LoadSettings settings) {
        this.reader = reader;
        this.settings = settings;
    }

    @Override
    public Outcome visit(String id, long deadlineNanos) {
        Wire wire;
        try {
            wire = Wire.open(reader, settings, deadlineNanos);
        } catch (IOException e) {
            return Failing.toConnect(reader, e);
        }
        connections.incrementAndGet();
        try (wire) {
            if (reader.line().isPresent()) {
                converse(wire, reader.line().get());
            }
            return new Outcome.Succeeded(ServedBy.UNKNOWN, System.nanoTime());
        } catch (IOException e) {
            return Failing.toAnswer(reader, e, Failing.where(wire.received(), 0, Duration.ZERO), Optional.empty());
        }
    }

    private static void converse(Wire wire, String line) throws IOException {
        wire.output().write((line + "\n").getBytes(UTF_8));
        wire.output().flush();
        int next = wire.input().read();
        while (next >= 0 && next != '\n') {
            next = wire.input().read();
        }
        if (next < 0) {
            throw new EOFException("the connection was closed before a line had come");
        }
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
        // each connection ends with its visit
    }
}
