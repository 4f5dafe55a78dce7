package dev.portolan.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/** The body of a response. A body that ends before its announced end is an {@link EOFException}, never a short body. */
abstract sealed class BodyInput extends InputStream {

    /** Whether its last byte, and what follows that on the connection, has been read. */
    abstract boolean ended();

    /** Whether the connection can carry another message after it. */
    boolean delimited() {
        return true;
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public abstract int read(byte[] target, int offset, int length) throws IOException;

    private static EOFException cutOff() {
        return new EOFException("the connection was closed in the middle of a message");
    }

    /** A body whose length was announced; none at all has length 0. */
    static final class Fixed extends BodyInput {
        private final ConnectionInput input;
        private long left;

        Fixed(ConnectionInput input, long length) {
            this.input = input;
            this.left = length;
        }

        @Override
        boolean ended() {
            return left == 0;
        }

        @Override
        public int available() {
            return (int) Math.min(left, input.buffered());
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = input.read(target, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw cutOff();
            }
            left -= count;
            return count;
        }
    }

    static final class Chunked extends BodyInput {
        private final ConnectionInput input;
        private long left;
        private boolean ended;

        Chunked(ConnectionInput input) {
            this.input = input;
        }

        @Override
        boolean ended() {
            return ended;
        }

        @Override
        public int available() {
            return left > 0 ? (int) Math.min(left, input.buffered()) : ended ? 0 : Math.min(1, input.buffered());
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (ended) {
                return -1;
            }
            if (length == 0) {
                return 0;
            }
            if (left == 0) {
                left = chunkLength(input.line());
                if (left == 0) {
                    // trailers: nothing here has a use for them
                    for (String trailer = input.line(); !trailer.isEmpty(); ) {
                        trailer = input.line();
                    }
                    ended = true;
                    return -1;
                }
            }
            int count = input.read(target, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw cutOff();
            }
            left -= count;
            if (left == 0 && !input.line().isEmpty()) {
                throw new ProtocolException("a chunk is longer than it says");
            }
            return count;
        }

        private static long chunkLength(String line) throws IOException {
            int end = line.indexOf(';');
            String digits = (end < 0 ? line : line.substring(0, end)).strip();
            try {
                long length = Long.parseLong(digits, 16);
                if (length >= 0 && digits.charAt(0) != '+') {
                    return length;
                }
            } catch (NumberFormatException e) {
                // told below, with the text
            }
            throw new ProtocolException("not the length of a chunk: " + digits);
        }
    }

    /** A body that lasts until the connection is closed. */
    static final class UntilClose extends BodyInput {
        private final ConnectionInput input;
        private boolean ended;

        UntilClose(ConnectionInput input) {
            this.input = input;
        }

        @Override
        boolean ended() {
            return ended;
        }

        @Override
        boolean delimited() {
            return false;
        }

        @Override
        public int available() {
            return input.buffered();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = input.read(target, offset, length);
            ended |= count < 0;
            return count;
        }
    }
}
