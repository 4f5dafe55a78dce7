package dev.portolan.cli.render;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Numbers for people. Pure. */
final class Measures {
    private Measures() {}

    /** Such as {@code 340ms}, {@code 12.3s}, {@code 4m05s}, {@code 3h20m}, {@code 2d4h}. */
    static String duration(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1000) {
            return millis + "ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1fs", millis / 1000.0);
        }
        return age(duration);
    }

    /** As above, in whole seconds. */
    static String age(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60);
        }
        return seconds < 86_400
                ? String.format(Locale.ROOT, "%dh%02dm", seconds / 3600, seconds / 60 % 60)
                : String.format(Locale.ROOT, "%dd%dh", seconds / 86_400, seconds / 3600 % 24);
    }

    /** A clock that runs, such as {@code 0:07} or {@code 12:34}. */
    static String clock(Duration duration) {
        return String.format(Locale.ROOT, "%d:%02d", duration.toMinutes(), duration.toSecondsPart());
    }

    static String counted(long number, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
    }

    static String requests(long requests, long failures) {
        return counted(requests, "request", "requests") + ", " + String.format(Locale.ROOT, "%,d failed", failures);
    }

    static String list(List<String> words) {
        return String.join(", ", words);
    }
}
