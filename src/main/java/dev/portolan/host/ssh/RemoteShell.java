package dev.portolan.host.ssh;

import dev.portolan.host.ByteStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * A POSIX shell on a host that stays open, so that a command costs one round trip and not three. For one thread at a time. What a
 * command says on its error output is part of what it says.
 */
final class RemoteShell implements AutoCloseable {
    private static final int MARK_BYTES = 16;
    private static final int LONGEST_ANSWER = 64 << 20;

    private final ByteStream stream;
    private final byte[] mark;
    private byte[] buffer = new byte[8192];

    /** @param stream the input and output of a shell; closed with this */
    RemoteShell(ByteStream stream, RandomGenerator random) {
        byte[] bytes = new byte[MARK_BYTES];
        random.nextBytes(bytes);
        this.stream = stream;
        this.mark = ("\n" + HexFormat.of().formatHex(bytes) + " ").getBytes(StandardCharsets.US_ASCII);
    }

    /** @param status 0 when it was done */
    record Answer(int status, String output) {}

    /** Defines what later commands use; its end is not waited for. */
    void define(String script) throws IOException {
        send(script + "\n");
    }

    /**
     * Runs a command in a shell of its own, without input, and waits for its end.
     *
     * @param script complete in itself: all that is quoted or opened is closed
     * @throws EOFException when the shell, or the connection to it, has ended
     */
    Answer run(String script) throws IOException {
        send("( " + script + "\n) 2>&1 </dev/null; printf '%s%d\\n' " + ShellText.quoted(text(mark)) + " $?\n");
        return answer();
    }

    private void send(String text) throws IOException {
        stream.output().write(text.getBytes(StandardCharsets.UTF_8));
        stream.output().flush();
    }

    private Answer answer() throws IOException {
        InputStream input = stream.input();
        int length = 0;
        int from = 0;
        while (true) {
            int found = indexOf(mark, from, length);
            if (found >= 0 && buffer[length - 1] == '\n' && length > found + mark.length) {
                int status = Integer.parseInt(new String(
                        buffer, found + mark.length, length - found - mark.length - 1, StandardCharsets.US_ASCII));
                return new Answer(status, new String(buffer, 0, found, StandardCharsets.UTF_8));
            }
            from = Math.max(0, length - mark.length);
            if (found >= 0) {
                from = found;
            }
            if (length == buffer.length) {
                if (length >= LONGEST_ANSWER) {
                    throw new IOException("the answer of a host is longer than " + (LONGEST_ANSWER >> 20) + " MiB");
                }
                buffer = Arrays.copyOf(buffer, length * 2);
            }
            int read = input.read(buffer, length, buffer.length - length);
            if (read < 0) {
                throw new EOFException("the shell on the host has ended");
            }
            length += read;
        }
    }

    private int indexOf(byte[] wanted, int from, int length) {
        for (int at = from; at + wanted.length <= length; at++) {
            if (Arrays.equals(buffer, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    ByteStream stream() {
        return stream;
    }

    boolean isOpen() {
        return stream.isOpen();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
