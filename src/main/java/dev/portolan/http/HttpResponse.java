package dev.portolan.http;

import dev.portolan.host.ByteStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A response whose head has arrived. Close it: the connection can be used again once its body has been read to the end, and
 * is closed with it otherwise.
 */
public final class HttpResponse implements AutoCloseable {
    private final HttpConnection connection;
    private final ResponseHead head;
    private final BodyInput body;
    private final InputStream guardedBody;
    private boolean broken;
    private boolean closed;

    HttpResponse(HttpConnection connection, ResponseHead head, BodyInput body) {
        this.connection = connection;
        this.head = head;
        this.body = body;
        this.guardedBody = new GuardedBody();
    }

    public int status() {
        return head.status();
    }

    public HttpHeaders headers() {
        return head.headers();
    }

    /** The body, decoded; empty where HTTP knows none. A body cut off before its end is an {@link IOException}. */
    public InputStream body() {
        return guardedBody;
    }

    /** The whole body. */
    public byte[] readAll() throws IOException {
        return guardedBody.readAllBytes();
    }

    /** Lifts the time limit of the request: from here on the body may take as long as it likes. */
    public void liftTimeLimit() {
        connection.liftTimeLimit();
    }

    /**
     * The bare stream after the head, in both directions, when the server has switched protocols (101) or simply gone on
     * without a length, as container engines do. It belongs to this response, and closing either closes the connection.
     */
    public ByteStream upgraded() {
        liftTimeLimit();
        return new ByteStream() {
            @Override
            public InputStream input() {
                return guardedBody;
            }

            @Override
            public OutputStream output() {
                return connection.stream().output();
            }

            @Override
            public boolean isOpen() {
                return connection.stream().isOpen();
            }

            @Override
            public void close() throws IOException {
                HttpResponse.this.close();
            }
        };
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        connection.finish(atItsEnd() && body.delimited() && head.keepsConnection());
    }

    /** Many readers stop at the end of the content, before that of the message; as a rule that has arrived already. */
    private boolean atItsEnd() {
        byte[] nothing = new byte[4096];
        try {
            while (!broken && body.delimited() && !body.ended() && body.available() > 0) {
                broken = body.read(nothing, 0, nothing.length) < 0 && !body.ended();
            }
        } catch (IOException e) {
            return false;
        }
        return !broken && body.ended();
    }

    private final class GuardedBody extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                return body.read(target, offset, length);
            } catch (IOException e) {
                broken = true;
                throw connection.failed(e);
            }
        }

        @Override
        public int available() throws IOException {
            return body.available();
        }

        @Override
        public void close() throws IOException {
            HttpResponse.this.close();
        }
    }
}
