package dev.portolan.logs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Puts lines that arrive from many containers into the order of their times: each is held back for a moment, so that an earlier
 * one that arrives a little later still comes before it. Pure: the clock is an argument.
 */
final class TimeOrder {
    private final Duration patience;
    private final PriorityQueue<Held> held =
            new PriorityQueue<>(Comparator.comparing(Held::time).thenComparingLong(Held::number));
    private long number;

    private record Held(LogEntry entry, long arrivedNanos, long number) {
        String time() {
            return entry.time();
        }
    }

    /** @param patience how long a line is held back */
    TimeOrder(Duration patience) {
        this.patience = patience;
    }

    void add(LogEntry entry, long nowNanos) {
        held.add(new Held(entry, nowNanos, number++));
    }

    /** The lines that have waited long enough, and those that are earlier than one of them. */
    List<LogEntry> ready(long nowNanos) {
        List<LogEntry> ready = new ArrayList<>();
        long limit = nowNanos - patience.toNanos();
        while (held.stream().anyMatch(waiting -> waiting.arrivedNanos() - limit <= 0)) {
            ready.add(held.remove().entry());
        }
        return ready;
    }

    /** All that is left. */
    List<LogEntry> rest() {
        List<LogEntry> rest = new ArrayList<>();
        while (!held.isEmpty()) {
            rest.add(held.remove().entry());
        }
        return rest;
    }
}
