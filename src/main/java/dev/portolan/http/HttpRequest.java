package dev.portolan.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A request.
 *
 * @param method such as {@code GET}
 * @param target path and query, already encoded
 * @param headers without those that describe the body; {@code Host} is added when absent
 */
public record HttpRequest(String method, String target, HttpHeaders headers, Body body) {

    public HttpRequest {
        if (!method.chars().allMatch(c -> c >= 'A' && c <= 'Z') || method.isEmpty()) {
            throw new IllegalArgumentException("not a method: " + method);
        }
        if (target.isEmpty() || target.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            throw new IllegalArgumentException("not an encoded request target: " + target);
        }
    }

    /** What is sent after the head. */
    public sealed interface Body {}

    public record NoBody() implements Body {}

    /** Sent with its length. */
    public static final class Bytes implements Body {
        private final byte[] content;

        /** @param content not changed any more */
        public Bytes(byte[] content) {
            this.content = content;
        }

        byte[] content() {
            return content;
        }
    }

    /** Sent in chunks until its end, each as soon as it is read. Whoever made it closes it. */
    public record Stream(InputStream content) implements Body {}

    /** Made while it is sent, in chunks. */
    public record Written(Content content) implements Body {}

    /** Writes a body. */
    public interface Content {

        /** @param target is closed by the caller */
        void writeTo(OutputStream target) throws IOException;
    }

    public static HttpRequest of(String method, String target) {
        return new HttpRequest(method, target, HttpHeaders.NONE, new NoBody());
    }

    public HttpRequest with(String header, String value) {
        return new HttpRequest(method, target, headers.with(header, value), body);
    }

    public HttpRequest with(Body other) {
        return new HttpRequest(method, target, headers, other);
    }

    /** The head as it is sent, with the blank line. */
    byte[] encodedHead() {
        var head =
                new StringBuilder(256).append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        if (headers.first("Host").isEmpty()) {
            head.append("Host: localhost\r\n");
        }
        for (HttpHeaders.Line line : headers.lines()) {
            head.append(line.name()).append(": ").append(line.value()).append("\r\n");
        }
        switch (body) {
            case NoBody() -> {
                if (!method.equals("GET") && !method.equals("HEAD")) {
                    head.append("Content-Length: 0\r\n");
                }
            }
            case Bytes bytes ->
                head.append("Content-Length: ").append(bytes.content().length).append("\r\n");
            case Stream ignored -> head.append("Transfer-Encoding: chunked\r\n");
            case Written ignored -> head.append("Transfer-Encoding: chunked\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
