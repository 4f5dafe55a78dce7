package dev.portolan.load;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * How long answers took, from the moment each request was due, so that a server that stops answering for a while shows in
 * all that should have been asked meanwhile. To three significant digits; all are 0 where there was no success.
 */
public record Latency(Duration median, Duration p90, Duration p99, Duration p999, Duration slowest) {

    public static final Latency NONE =
            new Latency(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    static Latency of(Histogram micros) {
        return micros.getTotalCount() == 0
                ? NONE
                : new Latency(at(micros, 50), at(micros, 90), at(micros, 99), at(micros, 99.9), at(micros, 100));
    }

    private static Duration at(Histogram micros, double percentile) {
        return Duration.ofNanos(micros.getValueAtPercentile(percentile) * 1000);
    }
}
