package dev.portolan.testing;

import dev.portolan.host.ByteStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A stream whose bytes are on their way for a while, in both directions. */
final class FarStream implements ByteStream {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final ByteStream stream;
    private final Duration oneWay;
    private final BlockingQueue<Parcel> going = new LinkedBlockingQueue<>();
    private final BlockingQueue<Parcel> coming = new LinkedBlockingQueue<>();

    /** @param bytes none for the end */
    private record Parcel(long due, ByteBuffer bytes) {

        boolean isEnd() {
            return !bytes.hasRemaining();
        }

        void await() throws InterruptedException {
            Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
        }
    }

    /** @param stream closed with this */
    FarStream(ByteStream stream, Duration oneWay) {
        this.stream = stream;
        this.oneWay = oneWay;
        Thread.ofPlatform().daemon().start(this::deliver);
        Thread.ofPlatform().daemon().start(this::collect);
    }

    private Parcel parcel(byte[] bytes, int length) {
        return new Parcel(System.nanoTime() + oneWay.toNanos(), ByteBuffer.wrap(Arrays.copyOf(bytes, length)));
    }

    private void deliver() {
        try {
            while (true) {
                Parcel next = going.take();
                next.await();
                if (next.isEnd()) {
                    stream.output().close();
                    return;
                }
                stream.output().write(next.bytes().array());
                stream.output().flush();
            }
        } catch (IOException | InterruptedException ended) {
            coming.add(parcel(new byte[0], 0));
        }
    }

    private void collect() {
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            for (int length = stream.input().read(chunk);
                    length > 0;
                    length = stream.input().read(chunk)) {
                coming.add(parcel(chunk, length));
            }
        } catch (IOException ended) {
            // as if it had ended well: whoever reads cannot tell
        }
        coming.add(parcel(new byte[0], 0));
    }

    @Override
    public InputStream input() {
        return new InputStream() {
            private InputStream present = new ByteArrayInputStream(new byte[0]);
            private boolean over;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                while (present.available() == 0 && !over) {
                    try {
                        Parcel next = coming.take();
                        next.await();
                        over = next.isEnd();
                        present = new ByteArrayInputStream(next.bytes().array());
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                        throw new IOException(interrupted);
                    }
                }
                return over ? -1 : present.read(target, offset, length);
            }
        };
    }

    @Override
    public OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int value) {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] source, int offset, int length) {
                byte[] part = Arrays.copyOfRange(source, offset, offset + length);
                going.add(parcel(part, part.length));
            }

            @Override
            public void close() {
                going.add(parcel(new byte[0], 0));
            }
        };
    }

    @Override
    public boolean isOpen() {
        return stream.isOpen();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
