package dev.portolan.docker.api;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;

/**
 * Takes apart the stream in which the engine sends standard output and standard error together: frames of a type byte, three
 * zero bytes, a length of four bytes, and the content.
 */
final class FrameReader {
    private static final int HEADER = 8;
    private static final int LENGTH = 4;
    private static final int STANDARD_ERROR = 2;
    private static final int HIGHEST_TYPE = 3;
    private static final int LARGEST_PART = 64 * 1024;

    private final InputStream stream;
    private final byte[] header = new byte[HEADER];
    private final byte[] part = new byte[LARGEST_PART];

    FrameReader(InputStream stream) {
        this.stream = stream;
    }

    /** Takes the parts of a frame. */
    interface Sink {

        /**
         * @param bytes of which only the first {@code length} count, and only during the call
         * @param last whether the frame ends with it
         */
        void accept(boolean error, byte[] bytes, int length, boolean last) throws IOException;
    }

    /** Reads to the end of the stream; one that ends within a frame is an {@link EOFException}. */
    void readAll(Sink sink) throws IOException {
        while (true) {
            int read = stream.readNBytes(header, 0, HEADER);
            if (read == 0) {
                return;
            }
            if (read < HEADER) {
                throw new EOFException("the output was cut off");
            }
            if (header[0] < 0 || header[0] > HIGHEST_TYPE || header[1] != 0 || header[2] != 0 || header[3] != 0) {
                throw new ProtocolException("not a frame of container output");
            }
            long left = Integer.toUnsignedLong(ByteBuffer.wrap(header).getInt(LENGTH));
            while (left > 0) {
                int count = stream.read(part, 0, (int) Math.min(left, part.length));
                if (count < 0) {
                    throw new EOFException("the output was cut off");
                }
                left -= count;
                sink.accept(header[0] == STANDARD_ERROR, part, count, left == 0);
            }
        }
    }
}
