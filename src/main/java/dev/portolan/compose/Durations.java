package dev.portolan.compose;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations such as {@code 1m30s}: units {@code ns us ms s m h d w}, fractions, a sign. */
final class Durations {
    private static final Map<String, Long> NANOSECONDS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "\u00b5s", 1_000L,
            "\u03bcs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L,
            "d", 86_400_000_000_000L,
            "w", 604_800_000_000_000L);
    private static final Pattern PART = Pattern.compile("([0-9]*)(?:\\.([0-9]*))?([^.0-9]+)");
    private static final int LONGEST = 100;
    private static final int NANOSECOND_DIGITS = 9;

    private Durations() {}

    /** @throws InvalidValue when it is none, or longer than 292 years */
    static Duration parse(String text) throws InvalidValue {
        String unsigned = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        if (unsigned.equals("0")) {
            return Duration.ZERO;
        }
        if (unsigned.isEmpty() || unsigned.length() > LONGEST) {
            throw invalid(text);
        }
        Matcher part = PART.matcher(unsigned);
        long total = 0;
        int position = 0;
        while (position < unsigned.length()) {
            if (!part.find(position) || part.start() != position) {
                throw invalid(text);
            }
            String whole = part.group(1);
            String fraction = Optional.ofNullable(part.group(2)).orElse("");
            Long unit = NANOSECONDS.get(part.group(3));
            if (unit == null || (whole.isEmpty() && fraction.isEmpty())) {
                throw invalid(text);
            }
            try {
                long units = whole.isEmpty() ? 0 : Math.multiplyExact(Long.parseLong(whole), unit);
                total = Math.addExact(total, Math.addExact(units, ofFraction(fraction, unit)));
            } catch (ArithmeticException | NumberFormatException tooLong) {
                throw invalid(text);
            }
            position = part.end();
        }
        return Duration.ofNanos(text.startsWith("-") ? -total : total);
    }

    /** Rounded as Go's {@code time.ParseDuration} rounds; digits that 63 bits cannot hold are left out. */
    private static long ofFraction(String digits, long unit) {
        long value = 0;
        double scale = 1;
        for (int index = 0; index < digits.length() && value <= (Long.MAX_VALUE - 9) / 10; index++) {
            value = value * 10 + Character.digit(digits.charAt(index), 10);
            scale *= 10;
        }
        return (long) (value * (unit / scale));
    }

    /** As the canonical project has it: hours, minutes and seconds, or one of the smaller units. */
    static String text(Duration duration) {
        Duration length = duration.abs();
        String sign = duration.isNegative() ? "-" : "";
        if (length.isZero()) {
            return "0s";
        }
        if (length.toSeconds() == 0) {
            int nanoseconds = length.toNanosPart();
            if (nanoseconds >= 1_000_000) {
                return sign + decimal(nanoseconds / 1_000_000, nanoseconds % 1_000_000, 6) + "ms";
            }
            return nanoseconds >= 1_000
                    ? sign + decimal(nanoseconds / 1_000, nanoseconds % 1_000, 3) + "\u00b5s"
                    : sign + nanoseconds + "ns";
        }
        long hours = length.toHours();
        long minutes = length.toMinutesPart();
        return sign
                + (hours > 0 ? hours + "h" : "")
                + (hours > 0 || minutes > 0 ? minutes + "m" : "")
                + decimal(length.toSecondsPart(), length.toNanosPart(), NANOSECOND_DIGITS) + "s";
    }

    /** Without a fraction where that is zero, and without zeros at its end. */
    private static String decimal(long whole, long fraction, int digits) {
        String all = Long.toString(fraction);
        String padded = "0".repeat(digits - all.length()) + all;
        int last = padded.length();
        while (last > 0 && padded.charAt(last - 1) == '0') {
            last--;
        }
        return last == 0 ? Long.toString(whole) : whole + "." + padded.substring(0, last);
    }

    private static InvalidValue invalid(String text) {
        return new InvalidValue(
                "\"" + text + "\" is no duration", "write a number with a unit, such as 30s, 1m30s or 500ms");
    }
}
