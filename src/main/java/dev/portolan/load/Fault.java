package dev.portolan.load;

import java.time.Instant;

/**
 * Something the test broke on purpose, between two moments. A request that is not idempotent and was in flight meanwhile has
 * an unknown outcome and is counted apart; every other request has to succeed all the same.
 */
public record Fault(String label, Instant from, Instant until) {
    public Fault {
        if (until.isBefore(from)) {
            throw new IllegalArgumentException("a fault cannot end before it begins");
        }
    }

    boolean explains(Failure failure) {
        return !failure.reader().idempotent()
                && failure.leavesTheOutcomeOpen()
                && !failure.sent().isAfter(until)
                && !failure.ended().isBefore(from);
    }
}
