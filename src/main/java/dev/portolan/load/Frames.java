package dev.portolan.load;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/** The frames of a WebSocket, RFC 6455 section 5.2. */
final class Frames {
    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    private static final int LARGEST = 1 << 20;
    private static final byte[] NO_MASK = new byte[4];

    private Frames() {}

    /** Not compared by anybody: a frame is read and used up. */
    @SuppressWarnings("ArrayRecordComponent")
    record Frame(boolean last, int code, byte[] payload) {}

    /** Reads a frame, masked or not. The end of the stream is an {@link EOFException}. */
    static Frame read(InputStream stream) throws IOException {
        var input = new DataInputStream(stream);
        int first = input.readUnsignedByte();
        int second = input.readUnsignedByte();
        if ((first & 0x70) != 0) {
            throw new ProtocolException("a WebSocket frame with an extension that nobody asked for");
        }
        long length = second & 0x7f;
        if (length == 126) {
            length = input.readUnsignedShort();
        } else if (length == 127) {
            length = input.readLong();
        }
        if (length < 0 || length > LARGEST) {
            throw new ProtocolException("a WebSocket frame of " + length + " bytes");
        }
        byte[] mask = (second & 0x80) != 0 ? input.readNBytes(4) : NO_MASK;
        byte[] payload = input.readNBytes((int) length);
        if (payload.length < length || mask.length < 4) {
            throw new EOFException("the connection was closed in the middle of a WebSocket frame");
        }
        apply(mask, payload);
        return new Frame((first & 0x80) != 0, first & 0xf, payload);
    }

    /** Writes a whole message as a client does: masked. */
    static void writeMasked(OutputStream output, int code, byte[] payload) throws IOException {
        byte[] mask = new byte[4];
        ThreadLocalRandom.current().nextBytes(mask);
        byte[] masked = payload.clone();
        apply(mask, masked);
        write(output, code, masked, 0x80, mask);
    }

    /** Writes a whole message as a server does. */
    static void write(OutputStream output, int code, byte[] payload) throws IOException {
        write(output, code, payload, 0, new byte[0]);
    }

    private static void write(OutputStream output, int code, byte[] payload, int maskBit, byte[] mask)
            throws IOException {
        var frame = ByteBuffer.allocate(14 + payload.length).put((byte) (0x80 | code));
        if (payload.length < 126) {
            frame.put((byte) (maskBit | payload.length));
        } else if (payload.length < 1 << 16) {
            frame.put((byte) (maskBit | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (maskBit | 127)).putLong(payload.length);
        }
        frame.put(mask).put(payload);
        output.write(frame.array(), 0, frame.position());
        output.flush();
    }

    private static void apply(byte[] mask, byte[] payload) {
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
    }
}
