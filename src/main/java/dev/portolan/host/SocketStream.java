package dev.portolan.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A connected socket of this process, TCP or Unix, as a byte stream. One thread may read while another writes. An interrupt
 * of a thread that waits in it closes it.
 */
public class SocketStream implements ByteStream {
    /** The JDK copies each transfer through native memory of this size. */
    private static final int LARGEST_TRANSFER = 64 * 1024;

    private final SocketChannel channel;
    private final InputStream input = new Input();
    private final OutputStream output = new Output();
    private final ReentrantLock reading = new ReentrantLock();
    private final ByteBuffer early = ByteBuffer.allocate(1).flip();

    /** @param channel connected and in blocking mode; closed with this stream */
    public SocketStream(SocketChannel channel) {
        this.channel = channel;
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    /**
     * Also asks the socket whether the other side has closed it, unless a thread waits for its input just now. To be called
     * while nobody writes.
     */
    @Override
    public boolean isOpen() {
        if (!channel.isOpen()) {
            return false;
        }
        if (!reading.tryLock()) {
            return true;
        }
        try {
            return early.hasRemaining() || peek();
        } catch (IOException e) {
            return false;
        } finally {
            reading.unlock();
        }
    }

    private boolean peek() throws IOException {
        channel.configureBlocking(false);
        try {
            early.clear();
            return channel.read(early) >= 0;
        } finally {
            early.flip();
            channel.configureBlocking(true);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private final class Input extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (length == 0) {
                return 0;
            }
            reading.lock();
            try {
                if (early.hasRemaining()) {
                    target[offset] = early.get();
                    return 1;
                }
                return channel.read(ByteBuffer.wrap(target, offset, Math.min(length, LARGEST_TRANSFER)));
            } finally {
                reading.unlock();
            }
        }
    }

    private final class Output extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, source.length);
            int end = offset + length;
            for (int from = offset; from < end; ) {
                var part = ByteBuffer.wrap(source, from, Math.min(end - from, LARGEST_TRANSFER));
                from += channel.write(part);
            }
        }

        @Override
        public void close() throws IOException {
            if (channel.isOpen()) {
                channel.shutdownOutput();
            }
        }
    }
}
