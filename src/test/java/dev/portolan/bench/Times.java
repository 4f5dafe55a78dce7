package dev.portolan.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long the same thing took, several times. */
final class Times {
    private final List<Duration> sorted = new ArrayList<>();

    void add(Duration time) {
        sorted.add(time);
        sorted.sort(Duration::compareTo);
    }

    Duration shortest() {
        return sorted.getFirst();
    }

    /** The one in the middle; of an even number the later of the two. */
    Duration median() {
        return sorted.get(sorted.size() / 2);
    }

    Duration longest() {
        return sorted.getLast();
    }

    /** How many times as long as the other, by the medians. */
    String ratioTo(Times other) {
        return ratio(median(), other.median());
    }

    static String ratio(Duration time, Duration other) {
        return String.format(Locale.ROOT, "%.2fx", (double) time.toNanos() / other.toNanos());
    }

    static String text(Duration time) {
        if (time.compareTo(Duration.ofMillis(10)) < 0) {
            return String.format(Locale.ROOT, "%.2f ms", time.toNanos() / 1_000_000.0);
        }
        return time.compareTo(Duration.ofSeconds(10)) < 0
                ? String.format(Locale.ROOT, "%,d ms", time.toMillis())
                : String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
