package dev.portolan.load;

import java.time.Duration;
import java.time.Instant;

/** Moments of the monotonic clock as moments of the day, so that a step of the wall clock changes no figure. */
record Clock(Instant started, long startNanos) {

    static Clock start() {
        return new Clock(Instant.now(), System.nanoTime());
    }

    Instant instant(long nanos) {
        return started.plusNanos(nanos - startNanos);
    }

    Instant now() {
        return instant(System.nanoTime());
    }

    Duration elapsed(long nanos) {
        return Duration.ofNanos(nanos - startNanos);
    }
}
