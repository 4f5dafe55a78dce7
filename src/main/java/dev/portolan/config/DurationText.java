package dev.portolan.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Compose writes them: {@code 10s}, {@code 1m30s}, {@code 250ms}. */
public final class DurationText {
    /** Largest unit first, each at most once, whole numbers. The JSON Schema has the same expression. */
    static final String EXPRESSION = "^(?=[0-9])([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,6}s)?([0-9]{1,6}ms)?$";

    private static final Pattern PATTERN = Pattern.compile(EXPRESSION);

    private DurationText() {}

    /** Empty when the text is no duration. */
    public static Optional<Duration> parse(String text) {
        Matcher parts = PATTERN.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofHours(number(parts, 1))
                .plusMinutes(number(parts, 2))
                .plusSeconds(number(parts, 3))
                .plusMillis(number(parts, 4)));
    }

    private static long number(Matcher parts, int group) {
        String part = parts.group(group);
        return part == null ? 0 : Long.parseLong(part.replaceAll("[a-z]", ""));
    }

    /** The shortest text for a duration of whole milliseconds. */
    public static String format(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        append(text, duration.toHours(), "h");
        append(text, duration.toMinutesPart(), "m");
        append(text, duration.toSecondsPart(), "s");
        append(text, duration.toMillisPart(), "ms");
        return text.toString();
    }

    private static void append(StringBuilder text, long number, String unit) {
        if (number > 0) {
            text.append(number).append(unit);
        }
    }
}
