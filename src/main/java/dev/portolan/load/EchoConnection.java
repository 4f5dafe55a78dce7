package dev.portolan.load;

import dev.portolan.http.HttpConnection;
import dev.portolan.http.HttpRequest;
import dev.portolan.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/** One WebSocket to a server that sends each message back. Its messages come back in their order. */
final class EchoConnection {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455 section 1.3

    private final Wire wire;
    private final HttpResponse response;
    private final ServedBy by;
    private final OutputStream output;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean open = true;

    private record Waiting(String text, CompletableFuture<Outcome> outcome) {}

    private EchoConnection(Wire wire, HttpResponse response, ServedBy by) {
        this.wire = wire;
        this.response = response;
        this.by = by;
        this.output = response.upgraded().output();
    }

    /** What the server said instead of switching to the WebSocket. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        private final int status;

        Refused(int status, String body) {
            super("no WebSocket, but status " + status + ": " + body);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /** Asks for the WebSocket on a connection, which is closed with it. */
    static EchoConnection open(Wire wire, HttpRequest request, LoadSettings settings) throws IOException {
        byte[] nonce = new byte[16];
        ThreadLocalRandom.current().nextBytes(nonce);
        String key = Base64.getEncoder().encodeToString(nonce);
        HttpResponse response = new HttpConnection(wire)
                .send(request.with("Connection", "Upgrade")
                        .with("Upgrade", "websocket")
                        .with("Sec-WebSocket-Version", "13")
                        .with("Sec-WebSocket-Key", key));
        if (response.status() != 101) {
            try (response) {
                String body = new String(response.body().readNBytes(1024), StandardCharsets.UTF_8);
                throw new Refused(response.status(), Answers.start(body));
            }
        }
        if (!response.headers().first("Sec-WebSocket-Accept").equals(Optional.of(accept(key)))) {
            response.close();
            throw new ProtocolException("the server has not accepted the key of the WebSocket");
        }
        var connection = new EchoConnection(wire, response, Answers.servedBy(response.headers(), settings));
        wire.use(System.nanoTime() + Long.MAX_VALUE / 2); // it may be silent for as long as nothing is sent
        Thread.ofVirtual().name("load-echo").start(connection::readAll);
        return connection;
    }

    static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has SHA-1
        }
    }

    synchronized boolean isOpen() {
        return open;
    }

    /** Sends a message. What is returned is completed when it has come back or the connection has ended. */
    CompletableFuture<Outcome> send(String text) {
        var outcome = new CompletableFuture<Outcome>();
        synchronized (this) {
            if (open) {
                waiting.addLast(new Waiting(text, outcome));
                try {
                    Frames.writeMasked(output, Frames.TEXT, text.getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    end(new Outcome.CutOff(
                            System.nanoTime())); // only the other side closes it before this side has ended it
                }
                return outcome;
            }
        }
        outcome.complete(new Outcome.CutOff(System.nanoTime()));
        return outcome;
    }

    private void readAll() {
        var message = new ByteArrayOutputStream();
        try {
            while (true) {
                Frames.Frame frame = Frames.read(response.body());
                switch (frame.code()) {
                    case Frames.CLOSE -> {
                        answer(Frames.CLOSE, frame.payload());
                        end(new Outcome.CutOff(System.nanoTime()));
                        return;
                    }
                    case Frames.PING -> answer(Frames.PONG, frame.payload());
                    case Frames.PONG -> {}
                    default -> {
                        message.writeBytes(frame.payload());
                        if (frame.last()) {
                            received(message.toString(StandardCharsets.UTF_8));
                            message.reset();
                        }
                    }
                }
            }
        } catch (ProtocolException e) {
            end(failed(FailureKind.MALFORMED, Failing.words(e)));
        } catch (IOException e) {
            end(new Outcome.CutOff(System.nanoTime()));
        }
    }

    private synchronized void answer(int code, byte[] payload) throws IOException {
        if (open) {
            Frames.writeMasked(output, code, payload);
        }
    }

    private synchronized void received(String text) {
        Waiting first = waiting.pollFirst();
        if (first != null) {
            first.outcome()
                    .complete(
                            first.text().equals(text)
                                    ? new Outcome.Succeeded(by, System.nanoTime())
                                    : failed(
                                            FailureKind.WRONG_BODY,
                                            "'" + first.text() + "' came back as: " + Answers.start(text)));
        }
    }

    private Outcome failed(FailureKind kind, String reason) {
        return new Outcome.Failed(kind, reason, Optional.of(by), System.nanoTime());
    }

    /** Gives it up because a message has not come back: those behind it are lost as well. */
    void giveUp(String reason) {
        end(failed(FailureKind.ECHO_LOST, reason));
    }

    /** Takes leave and closes it. */
    void close() {
        try {
            answer(Frames.CLOSE, new byte[] {0x03, (byte) 0xe8}); // 1000, the normal end
        } catch (IOException e) {
            giveUp(Failing.words(e));
        }
        giveUp("the load has ended");
    }

    /** @param outcome of the messages that have not come back */
    private synchronized void end(Outcome outcome) {
        open = false;
        waiting.forEach(message -> message.outcome().complete(outcome));
        waiting.clear();
        wire.close();
    }
}
