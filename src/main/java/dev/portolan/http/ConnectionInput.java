package dev.portolan.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;

/** The receiving side of a connection, with the one buffer that heads, bodies and upgraded streams are all read from. */
final class ConnectionInput extends InputStream {
    private static final int LONGEST_LINE = 64 * 1024;

    private final InputStream source;
    private final byte[] buffer = new byte[16 * 1024];
    private int position;
    private int limit;

    ConnectionInput(InputStream source) {
        this.source = source;
    }

    /** Bytes that can be read without asking the stream. */
    int buffered() {
        return limit - position;
    }

    @Override
    public int read() throws IOException {
        return buffered() > 0 || fill() ? buffer[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (buffered() == 0) {
            if (length >= buffer.length) {
                return source.read(target, offset, length);
            }
            if (!fill()) {
                return -1;
            }
        }
        int count = Math.min(length, buffered());
        System.arraycopy(buffer, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return buffered();
    }

    private boolean fill() throws IOException {
        int count = source.read(buffer, 0, buffer.length);
        position = 0;
        limit = Math.max(count, 0);
        return count > 0;
    }

    /** The next line without its end; the end of the stream before a line is an {@link EOFException}. */
    String line() throws IOException {
        var line = new StringBuilder();
        while (true) {
            if (buffered() == 0 && !fill()) {
                throw new EOFException("the connection was closed in the middle of a message");
            }
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            line.append(new String(buffer, position, end - position, StandardCharsets.ISO_8859_1));
            if (line.length() > LONGEST_LINE) {
                throw new ProtocolException("a line of the message is longer than " + LONGEST_LINE + " bytes");
            }
            boolean complete = end < limit;
            position = complete ? end + 1 : end;
            if (complete) {
                int length = line.length();
                return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
            }
        }
    }
}
