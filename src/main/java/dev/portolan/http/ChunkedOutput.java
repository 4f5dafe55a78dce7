package dev.portolan.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;

/** Sends what is written in chunks; small writes share one, and a flush sends what there is. */
final class ChunkedOutput extends OutputStream {
    /** Room before the content for the length of the chunk, so that both leave in one write. */
    private static final int ROOM = 6;

    private static final byte[] LINE_END = {'\r', '\n'};

    private final OutputStream target;
    private final byte[] chunk = new byte[ROOM + 32 * 1024 + LINE_END.length];
    private int end = ROOM;
    private boolean failed;

    ChunkedOutput(OutputStream target) {
        this.target = target;
    }

    /** Whether it was the target that failed, not whoever writes. */
    boolean failed() {
        return failed;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        int position = offset;
        int left = length;
        while (left > 0) {
            int count = Math.min(left, chunk.length - LINE_END.length - end);
            System.arraycopy(source, position, chunk, end, count);
            end += count;
            position += count;
            left -= count;
            if (end == chunk.length - LINE_END.length) {
                flush();
            }
        }
    }

    @Override
    public void flush() throws IOException {
        int length = end - ROOM;
        if (length > 0) {
            byte[] head = (Integer.toHexString(length) + "\r\n").getBytes(US_ASCII);
            int start = ROOM - head.length;
            System.arraycopy(head, 0, chunk, start, head.length);
            System.arraycopy(LINE_END, 0, chunk, end, LINE_END.length);
            send(chunk, start, end + LINE_END.length - start);
            end = ROOM;
        }
    }

    /** Sends the chunk that says that there are no more. */
    void end() throws IOException {
        flush();
        byte[] last = "0\r\n\r\n".getBytes(US_ASCII);
        send(last, 0, last.length);
    }

    private void send(byte[] source, int offset, int length) throws IOException {
        try {
            target.write(source, offset, length);
        } catch (IOException e) {
            failed = true;
            throw e;
        }
    }
}
