package dev.portolan.http;

import dev.portolan.host.ByteStream;
import dev.portolan.host.TimeLimit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A connection that carries one request and its response at a time. For one thread, except {@link #close()}, which ends what
 * another thread waits for. Nothing is sent twice: whether a failed request may be repeated is the caller's to know.
 */
public final class HttpConnection implements AutoCloseable {
    private enum Phase {
        IDLE,
        BUSY,
        CLOSED
    }

    private final ByteStream stream;
    private final ConnectionInput input;
    private volatile Phase phase = Phase.IDLE;
    private Optional<TimeLimit> limit = Optional.empty();

    /** @param stream is closed with this connection */
    public HttpConnection(ByteStream stream) {
        this.stream = stream;
        this.input = new ConnectionInput(stream.input());
    }

    /** Sends a request and waits for the head of its response, for as long as it takes. */
    public HttpResponse send(HttpRequest request) throws IOException {
        if (phase != Phase.IDLE) {
            throw new IllegalStateException(
                    phase == Phase.BUSY ? "the response before is not closed" : "the connection is closed");
        }
        phase = Phase.BUSY;
        try {
            sendRequest(request);
            ResponseHead head = finalHead();
            return new HttpResponse(this, head, bodyAfter(request, head));
        } catch (IOException e) {
            IOException explained = failed(e);
            finish(false);
            throw explained;
        } catch (RuntimeException e) {
            finish(false);
            throw e;
        }
    }

    /**
     * Sends a request and waits for the head of its response.
     *
     * @param time until the response has been read and closed; after it everything fails with
     *     {@link java.net.SocketTimeoutException} and the connection is closed
     */
    public HttpResponse send(HttpRequest request, Duration time) throws IOException {
        if (phase == Phase.IDLE) {
            limit = Optional.of(TimeLimit.start(stream, time));
        }
        return send(request);
    }

    /** Whether another request can be sent, as far as this side knows: the server may have closed it meanwhile. */
    public boolean reusable() {
        return phase == Phase.IDLE && input.buffered() == 0 && stream.isOpen();
    }

    private void sendRequest(HttpRequest request) throws IOException {
        OutputStream output = stream.output();
        byte[] head = request.encodedHead();
        switch (request.body()) {
            case HttpRequest.NoBody() -> output.write(head);
            case HttpRequest.Bytes bytes -> output.write(joined(head, bytes.content()));
            case HttpRequest.Stream(InputStream content) -> {
                output.write(head);
                sendChunks(content::transferTo, output);
            }
            case HttpRequest.Written(HttpRequest.Content content) -> {
                output.write(head);
                sendChunks(content, output);
            }
        }
        output.flush();
    }

    /** Head and content in one write: two would often be two packets. */
    private static byte[] joined(byte[] head, byte[] content) {
        byte[] both = new byte[head.length + content.length];
        System.arraycopy(head, 0, both, 0, head.length);
        System.arraycopy(content, 0, both, head.length, content.length);
        return both;
    }

    /**
     * A content that cannot be made is the caller's failure and must not look like one of the connection. A server that
     * refuses a body closes its side while this one still sends; its answer, which is there to be read, says why, and when
     * there is none, reading it fails as sending did.
     */
    private static void sendChunks(HttpRequest.Content content, OutputStream output) {
        var chunks = new ChunkedOutput(output);
        try {
            content.writeTo(chunks);
            chunks.end();
        } catch (IOException e) {
            if (!chunks.failed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The head after those that only announce it, such as {@code 100 Continue}. */
    private ResponseHead finalHead() throws IOException {
        ResponseHead head = ResponseHead.read(input);
        while (head.status() < 200 && head.status() != 101) {
            head = ResponseHead.read(input);
        }
        return head;
    }

    private BodyInput bodyAfter(HttpRequest request, ResponseHead head) throws IOException {
        return head.status() == 101 ? new BodyInput.UntilClose(input) : head.body(request.method(), input);
    }

    ByteStream stream() {
        return stream;
    }

    void liftTimeLimit() {
        limit.ifPresent(TimeLimit::lift);
        limit = Optional.empty();
    }

    IOException failed(IOException failure) {
        return limit.isPresent() ? limit.get().explained(failure) : failure;
    }

    void finish(boolean reusable) throws IOException {
        liftTimeLimit();
        if (phase == Phase.BUSY && reusable) {
            phase = Phase.IDLE;
        } else {
            close();
        }
    }

    @Override
    public void close() throws IOException {
        phase = Phase.CLOSED;
        stream.close();
    }
}
