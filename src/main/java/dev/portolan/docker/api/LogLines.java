package dev.portolan.docker.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portolan.docker.ContainerEngine.LogLine;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/**
 * Puts the lines of one output stream together. The engine splits long lines into messages of 16 KiB, each with the time in
 * front. Only the last ends with a line break, and not even that one with the {@code local} log driver of Docker 20.10: there
 * it is known by being shorter.
 */
final class LogLines {
    private static final int FULL_MESSAGE = 16 * 1024;

    private final boolean error;
    private final Consumer<LogLine> lines;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final StringBuilder time = new StringBuilder();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    LogLines(boolean error, Consumer<LogLine> lines) {
        this.error = error;
        this.lines = lines;
    }

    /** @param last whether the message ends with these bytes */
    void accept(byte[] bytes, int length, boolean last) {
        message.write(bytes, 0, length);
        if (last) {
            endMessage();
        }
    }

    /** Where output is not divided into messages (a terminal), each line is one. */
    void acceptUndivided(byte[] bytes, int length) {
        int from = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                message.write(bytes, from, i + 1 - from);
                endMessage();
                from = i + 1;
            }
        }
        message.write(bytes, from, length - from);
    }

    /** The end of the stream: what has no line break yet is a line too. */
    void end() {
        if (message.size() > 0) {
            endMessage();
        }
        if (!time.isEmpty()) {
            endLine();
        }
    }

    private void endMessage() {
        byte[] bytes = message.toByteArray();
        message.reset();
        int space = 0;
        while (space < bytes.length && bytes[space] != ' ') {
            space++;
        }
        if (time.isEmpty()) {
            time.append(new String(bytes, 0, space, UTF_8));
        }
        int start = Math.min(space + 1, bytes.length);
        int end = bytes.length;
        boolean broken = end > start && bytes[end - 1] == '\n';
        end -= broken ? 1 : 0;
        end -= broken && end > start && bytes[end - 1] == '\r' ? 1 : 0;
        text.write(bytes, start, end - start);
        if (broken || end - start < FULL_MESSAGE) {
            endLine();
        }
    }

    private void endLine() {
        lines.accept(new LogLine(time.toString(), error, text.toString(UTF_8)));
        time.setLength(0);
        text.reset();
    }
}
