package dev.portolan.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.portolan.host.ByteStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/** A stream whose other side says what was written down before, and notes what it hears. */
final class ScriptedStream implements ByteStream {
    private final byte[] answer;
    private final boolean endsAfterwards;
    private final Random pieces;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final CountDownLatch closed = new CountDownLatch(1);
    private int position;
    private int writable = Integer.MAX_VALUE;

    private ScriptedStream(String answer, boolean endsAfterwards, Random pieces) {
        this.answer = answer.getBytes(ISO_8859_1);
        this.endsAfterwards = endsAfterwards;
        this.pieces = pieces;
    }

    static ScriptedStream answering(String answer) {
        return new ScriptedStream(answer, true, new Random(1));
    }

    static ScriptedStream answeringInPieces(String answer, Random pieces) {
        return new ScriptedStream(answer, true, pieces);
    }

    static ScriptedStream answeringThenSilent(String answer) {
        return new ScriptedStream(answer, false, new Random(1));
    }

    static ScriptedStream silent() {
        return answeringThenSilent("");
    }

    void refuseWritesAfter(int bytes) {
        writable = bytes;
    }

    String sent() {
        return sent.toString(ISO_8859_1);
    }

    @Override
    public InputStream input() {
        return new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("one byte at a time is slow");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (position == answer.length) {
                    return endsAfterwards ? -1 : waitForClose();
                }
                int count = Math.min(Math.min(length, 1 + pieces.nextInt(300)), answer.length - position);
                System.arraycopy(answer, position, target, offset, count);
                position += count;
                return count;
            }
        };
    }

    private int waitForClose() throws IOException {
        try {
            closed.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        throw new IOException("closed");
    }

    @Override
    public OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] source, int offset, int length) throws IOException {
                writable -= length;
                if (writable < 0) {
                    throw new IOException("Broken pipe");
                }
                sent.write(source, offset, length);
            }
        };
    }

    @Override
    public boolean isOpen() {
        return closed.getCount() > 0;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
