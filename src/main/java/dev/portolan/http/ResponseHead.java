package dev.portolan.http;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;

/**
 * The head of a response.
 *
 * @param minorVersion 0 or 1 of HTTP/1
 */
record ResponseHead(int minorVersion, int status, HttpHeaders headers) {
    private static final int MOST_LINES = 500;

    static ResponseHead read(ConnectionInput input) throws IOException {
        String line = input.line();
        if (line.length() < 12
                || !line.startsWith("HTTP/1.")
                || line.charAt(8) != ' '
                || (line.length() > 12 && line.charAt(12) != ' ')) {
            throw new ProtocolException("not the start of an HTTP response: " + abbreviated(line));
        }
        int minor = line.charAt(7) - '0';
        int status = 0;
        for (int i = 9; i < 12; i++) {
            int digit = line.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new ProtocolException("not the start of an HTTP response: " + abbreviated(line));
            }
            status = status * 10 + digit;
        }
        var lines = new ArrayList<HttpHeaders.Line>();
        for (String header = input.line(); !header.isEmpty(); header = input.line()) {
            int colon = header.indexOf(':');
            if (colon <= 0 || lines.size() == MOST_LINES) {
                throw new ProtocolException("not a header of an HTTP response: " + abbreviated(header));
            }
            lines.add(new HttpHeaders.Line(
                    header.substring(0, colon), header.substring(colon + 1).strip()));
        }
        return new ResponseHead(minor, status, new HttpHeaders(lines));
    }

    private static String abbreviated(String line) {
        return line.length() > 80 ? line.substring(0, 80) + "..." : line;
    }

    /** Whether the server goes on to another response after this one, on the same connection. */
    boolean keepsConnection() {
        return !headers.hasToken("Connection", "close")
                && (minorVersion >= 1 || headers.hasToken("Connection", "keep-alive"));
    }

    BodyInput body(String method, ConnectionInput input) throws IOException {
        if (method.equals("HEAD") || status == 204 || status == 304) {
            return new BodyInput.Fixed(input, 0);
        }
        if (headers.hasToken("Transfer-Encoding", "chunked")) {
            return new BodyInput.Chunked(input);
        }
        List<String> lengths = headers.all("Content-Length").stream().distinct().toList();
        if (lengths.isEmpty()) {
            return new BodyInput.UntilClose(input);
        }
        if (lengths.size() > 1 || !lengths.getFirst().matches("[0-9]{1,18}")) {
            throw new ProtocolException("not the length of a body: " + String.join(", ", lengths));
        }
        return new BodyInput.Fixed(input, Long.parseLong(lengths.getFirst()));
    }
}
