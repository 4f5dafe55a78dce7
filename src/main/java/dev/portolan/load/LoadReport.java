package dev.portolan.load;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What became of every request: each one that was due is in exactly one of {@code succeeded}, {@code failed},
 * {@code cutOff} and {@code outstanding}.
 *
 * @param elapsed from the start to the last answer, or until now
 * @param requests that were due until then
 * @param cutOff of unknown outcome, for a reason the test itself made: a POST that was in flight when a {@link Fault}
 *     happened, or a WebSocket message in flight when the server closed the connection
 * @param outstanding without an answer so far; 0 once the load has stopped
 * @param latency of all successes
 * @param readers a row for each reader, in the order they were given
 * @param places a row for each place, in the order of the readers
 * @param served by place, release and region
 * @param failures how many of each kind, the most frequent first
 * @param firstFailures the first of them in the order of their end
 * @param faults that were announced
 */
public record LoadReport(
        Instant started,
        Duration elapsed,
        long requests,
        long succeeded,
        long failed,
        long cutOff,
        long outstanding,
        Latency latency,
        List<ReaderRow> readers,
        List<PlaceRow> places,
        List<ServedRow> served,
        List<FailureCount> failures,
        List<Failure> firstFailures,
        List<FaultRow> faults,
        Pace pace) {

    public LoadReport {
        if (requests != succeeded + failed + cutOff + outstanding) {
            throw new IllegalArgumentException("a request is lost: " + requests + " are not " + succeeded + " + "
                    + failed + " + " + cutOff + " + " + outstanding);
        }
        readers = List.copyOf(readers);
        places = List.copyOf(places);
        served = List.copyOf(served);
        failures = List.copyOf(failures);
        firstFailures = List.copyOf(firstFailures);
        faults = List.copyOf(faults);
    }

    /**
     * A part of the requests.
     *
     * @param latency of the successes
     * @param longestGap the longest time without a success, from the start to the end
     */
    public record Figures(
            long sent,
            long succeeded,
            long failed,
            long cutOff,
            long outstanding,
            Latency latency,
            Duration longestGap) {}

    /**
     * @param connections opened
     * @param reconnects connections opened because the server had closed the one before, which only a WebSocket counts
     */
    public record ReaderRow(
            String place, ReaderKind kind, Rate rate, Figures figures, long connections, long reconnects) {}

    /** All readers of a place together. */
    public record PlaceRow(String place, Figures figures) {}

    /** @param failed answers that were failures; those that never came are served by nobody */
    public record ServedRow(String place, ServedBy by, long succeeded, long failed) {}

    public record FailureCount(FailureKind kind, long count) {}

    /** @param cutOff the POSTs that were in flight then */
    public record FaultRow(Fault fault, long cutOff) {}

    /**
     * Whether the harness itself kept to the rate. Its lateness is part of the latencies, never hidden in them.
     *
     * @param late requests that it started later than it should
     * @param latest the latest start
     * @param heldBack requests that had to wait because too many were outstanding
     */
    public record Pace(long late, Duration latest, long heldBack) {
        public boolean keptUp() {
            return late == 0 && heldBack == 0;
        }
    }
}
