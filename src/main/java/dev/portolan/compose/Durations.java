package dev.portolan.compose;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    private static final Pattern PART = Pattern.compile("([0-9]*(?:\\.[0-9]*)?)([^.0-9]+)");
    private static final int LONGEST = 100;
    private static final int NANOSECOND_DIGITS = 9;

    private Durations() {}

    /** @throws InvalidValue when it is none, or longer than 292 years */
    static Duration parse(String text) throws InvalidValue {
        String unsigned = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        if (unsigned.equals("0")) {
            return Duration.ZERO;
        }
        Matcher part = PART.matcher(unsigned);
        BigDecimal total = BigDecimal.ZERO;
        int position = 0;
        while (position < unsigned.length()) {
            if (unsigned.length() > LONGEST
                    || !part.find(position)
                    || part.start() != position
                    || part.group(1).isEmpty()
                    || part.group(1).equals(".")) {
                throw invalid(text);
            }
            Long unit = NANOSECONDS.get(part.group(2));
            if (unit == null) {
                throw invalid(text);
            }
            String number = part.group(1).endsWith(".") ? part.group(1) + "0" : part.group(1);
            total = total.add(new BigDecimal(number).multiply(BigDecimal.valueOf(unit)));
            position = part.end();
        }
        if (unsigned.isEmpty() || total.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw invalid(text);
        }
        long nanoseconds = total.setScale(0, RoundingMode.DOWN).longValueExact();
        return Duration.ofNanos(text.startsWith("-") ? -nanoseconds : nanoseconds);
    }

    /** As the canonical project has it: hours, minutes and seconds, or one of the smaller units. */
    static String text(Duration duration) {
        BigDecimal nanoseconds = BigDecimal.valueOf(duration.abs().toNanos());
        String sign = duration.isNegative() ? "-" : "";
        if (duration.isZero()) {
            return "0s";
        }
        if (duration.abs().compareTo(Duration.ofSeconds(1)) < 0) {
            for (String unit : List.of("ms", "\u00b5s", "ns")) {
                long size = NANOSECONDS.getOrDefault(unit, 1L);
                if (nanoseconds.longValue() >= size) {
                    return sign + plain(nanoseconds.divide(BigDecimal.valueOf(size))) + unit;
                }
            }
        }
        long hours = duration.abs().toHours();
        long minutes = duration.abs().toMinutesPart();
        BigDecimal seconds = BigDecimal.valueOf(duration.abs().toSecondsPart())
                .add(BigDecimal.valueOf(duration.abs().toNanosPart(), NANOSECOND_DIGITS));
        return sign
                + (hours > 0 ? hours + "h" : "")
                + (hours > 0 || minutes > 0 ? minutes + "m" : "")
                + plain(seconds) + "s";
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static InvalidValue invalid(String text) {
        return new InvalidValue(
                "\"" + text + "\" is no duration", "write a number with a unit, such as 30s, 1m30s or 500ms");
    }
}
