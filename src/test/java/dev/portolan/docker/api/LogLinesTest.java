package dev.portolan.docker.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.docker.ContainerEngine.LogLine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogLinesTest {
    private static final String T1 = "2026-01-01T00:00:00.000000001Z";
    private static final String T2 = "2026-01-01T00:00:00.000000002Z";

    private final List<LogLine> lines = new ArrayList<>();

    @Test
    void aMessageIsALine() {
        var output = new LogLines(true, lines::add);
        message(output, T1 + " one\n");
        message(output, T2 + " two\r\n");
        message(output, T2 + " \n");
        output.end();
        assertThat(lines)
                .containsExactly(new LogLine(T1, true, "one"), new LogLine(T2, true, "two"), new LogLine(T2, true, ""));
    }

    @Test
    void messagesOfALongLineAreJoinedWithAndWithoutItsLineBreak() {
        String full = "x".repeat(16 * 1024);
        for (String end : List.of("end\n", "end", "\n", "")) {
            lines.clear();
            var output = new LogLines(false, lines::add);
            message(output, T1 + " " + full);
            message(output, T1 + " " + full);
            message(output, T1 + " " + end);
            message(output, T2 + " next\n");
            assertThat(lines)
                    .containsExactly(new LogLine(T1, false, full + full + end.strip()), new LogLine(T2, false, "next"));
        }
    }

    @Test
    void aLongLineWithoutItsEndIsNotLost() {
        var output = new LogLines(false, lines::add);
        message(output, T1 + " " + "x".repeat(16 * 1024));
        assertThat(lines).isEmpty();
        output.end();
        assertThat(lines).hasSize(1);
    }

    @Test
    void undividedOutputIsSplitWhereverItsPiecesEnd() {
        byte[] whole = (T1 + " größe\r\n" + T2 + " b\r\n").getBytes(UTF_8);
        for (int size = 1; size <= whole.length; size++) {
            lines.clear();
            var output = new LogLines(false, lines::add);
            for (int from = 0; from < whole.length; from += size) {
                byte[] piece = java.util.Arrays.copyOfRange(whole, from, Math.min(from + size, whole.length));
                output.acceptUndivided(piece, piece.length);
            }
            output.end();
            assertThat(lines).containsExactly(new LogLine(T1, false, "größe"), new LogLine(T2, false, "b"));
        }
    }

    private static void message(LogLines output, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        output.accept(bytes, bytes.length, true);
    }

    @Test
    void framesAreTakenApart() throws IOException {
        var stream = new ByteArrayOutputStream();
        stream.write(frame(1, 3));
        stream.write("one".getBytes(UTF_8));
        stream.write(frame(2, 70_000));
        stream.write(new byte[70_000]);
        stream.write(frame(1, 0));
        var parts = new ArrayList<String>();
        new FrameReader(new ByteArrayInputStream(stream.toByteArray()))
                .readAll((error, bytes, length, last) -> parts.add(error + " " + length + " " + last));
        assertThat(parts).containsExactly("false 3 true", "true 65536 false", "true 4464 true");
    }

    @Test
    void framesThatAreCutOffOrNoneAreErrors() {
        assertThatThrownBy(() -> readFrames(new byte[] {1, 0, 0})).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> readFrames(frame(1, 5))).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> readFrames("plain text".getBytes(UTF_8))).isInstanceOf(ProtocolException.class);
    }

    private static void readFrames(byte[] bytes) throws IOException {
        new FrameReader(new ByteArrayInputStream(bytes)).readAll((error, part, length, last) -> {});
    }

    private static byte[] frame(int type, int length) {
        return ByteBuffer.allocate(8).put(0, (byte) type).putInt(4, length).array();
    }

    @Test
    void aSecondReadingHandsOnOnlyWhatTheFirstDidNotReach() {
        var seen = new SeenLines(lines::add);
        List<LogLine> first =
                List.of(new LogLine(T1, false, "a"), new LogLine(T2, false, "b"), new LogLine(T1, true, "x"));
        first.forEach(seen);
        assertThat(seen.latestTime()).contains("1767225600.000000001");
        var again = seen.fromHereOn();
        List<LogLine> second = List.of(
                new LogLine(T1, false, "a"),
                new LogLine(T1, true, "x"),
                new LogLine(T1, true, "y"),
                new LogLine(T2, false, "b"),
                new LogLine(T2, false, "c"));
        second.forEach(again);
        assertThat(lines).extracting(LogLine::text).containsExactly("a", "b", "x", "y", "c");
        assertThat(new SeenLines(lines::add).latestTime()).isEmpty();
    }
}
