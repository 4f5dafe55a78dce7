package dev.portolan.load;

/** The longest time without a success. For any thread. */
final class Gap {
    private long last;
    private long longest;

    Gap(long startNanos) {
        last = startNanos;
    }

    /** Two threads may tell their successes in the other order: the time never goes back. */
    synchronized void success(long nanos) {
        longest = Math.max(longest, nanos - last);
        last = Math.max(last, nanos);
    }

    /** In nanoseconds, the gap that is still open at this moment included. */
    synchronized long longestUntil(long nanos) {
        return Math.max(longest, nanos - last);
    }
}
