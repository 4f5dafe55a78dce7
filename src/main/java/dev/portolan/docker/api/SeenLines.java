package dev.portolan.docker.api;

import dev.portolan.docker.ContainerEngine.LogLine;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Hands lines on and remembers where it is, so that a second reading from there can leave out what has been handed on. The
 * two streams of a container are remembered apart: their times need not be in order between each other.
 */
final class SeenLines implements Consumer<LogLine> {
    private final Consumer<LogLine> lines;
    private final Position output = new Position();
    private final Position error = new Position();

    SeenLines(Consumer<LogLine> lines) {
        this.lines = lines;
    }

    private static final class Position {
        private String time = "";
        private int linesAtTime;

        void pass(String newTime) {
            linesAtTime = newTime.equals(time) ? linesAtTime + 1 : 1;
            time = newTime;
        }
    }

    private Position position(LogLine line) {
        return line.error() ? error : output;
    }

    @Override
    public void accept(LogLine line) {
        position(line).pass(line.time());
        lines.accept(line);
    }

    /** From where to read again, in the engine's form of a time; empty when there was no line. */
    Optional<String> latestTime() {
        // The times have all the same length, so that they sort as text.
        String earlier = Stream.of(output.time, error.time)
                .filter(time -> !time.isEmpty())
                .min(Comparator.naturalOrder())
                .orElse("");
        try {
            Instant time = Instant.parse(earlier);
            return Optional.of("%d.%09d".formatted(time.getEpochSecond(), time.getNano()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Takes the lines of the second reading. */
    Consumer<LogLine> fromHereOn() {
        var skippedOutput = new Position();
        var skippedError = new Position();
        return line -> {
            Position seen = position(line);
            Position skipped = line.error() ? skippedError : skippedOutput;
            int order = line.time().compareTo(seen.time);
            boolean again = order < 0 || (order == 0 && skipped.linesAtTime < seen.linesAtTime);
            if (order == 0) {
                skipped.linesAtTime++;
            }
            if (!again) {
                lines.accept(line);
            }
        };
    }
}
