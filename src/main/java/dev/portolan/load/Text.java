package dev.portolan.load;

import java.time.Duration;
import java.util.Locale;

/** Figures as a person reads them. */
final class Text {
    private Text() {}

    /** Such as {@code 2,400}. */
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Two or three digits and a unit, such as {@code 0.41 ms}, {@code 12 ms}, {@code 1.50 s} or {@code 2 m 05 s}. */
    static String duration(Duration duration) {
        double millis = duration.toNanos() / 1e6;
        if (millis < 9.995) {
            return String.format(Locale.ROOT, millis < 0.995 ? "%.2f ms" : "%.1f ms", millis);
        }
        if (millis < 999.5) {
            return String.format(Locale.ROOT, "%.0f ms", millis);
        }
        if (millis < 59_995) {
            return String.format(Locale.ROOT, millis < 9_995 ? "%.2f s" : "%.1f s", millis / 1000);
        }
        long seconds = Math.round(millis / 1000);
        return String.format(Locale.ROOT, "%d m %02d s", seconds / 60, seconds % 60);
    }

    /** Such as {@code 1 failure} or {@code 12 failures}. */
    static String counted(long number, String one, String many) {
        return number(number) + " " + (number == 1 ? one : many);
    }
}
