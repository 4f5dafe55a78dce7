package dev.portolan.load;

import dev.portolan.load.LoadReport.Figures;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Figures that add up. For one thread at a time. */
final class Count {
    private final Histogram micros = new Histogram(3);
    private final Map<ServedBy, Long> succeeded = new TreeMap<>();
    private final Map<ServedBy, Long> failedAnswers = new TreeMap<>();
    private final Map<FailureKind, Long> failures = new EnumMap<>(FailureKind.class);
    private long due;
    private long ended;
    private long successes;
    private long cutOff;
    private long late;
    private long latestNanos;
    private long heldBack;

    void due() {
        due++;
    }

    void begun(long afterNanos, boolean tooLate) {
        latestNanos = Math.max(latestNanos, afterNanos);
        if (tooLate) {
            late++;
        }
    }

    void heldBack() {
        heldBack++;
    }

    void succeeded(ServedBy by, long tookNanos) {
        ended++;
        successes++;
        micros.recordValue(Math.max(0, tookNanos) / 1000);
        succeeded.merge(by, 1L, Long::sum);
    }

    void failed(Failure failure) {
        ended++;
        failures.merge(failure.kind(), 1L, Long::sum);
        failure.answeredBy().ifPresent(by -> failedAnswers.merge(by, 1L, Long::sum));
    }

    void cutOff() {
        ended++;
        cutOff++;
    }

    void add(Count other) {
        micros.add(other.micros);
        other.succeeded.forEach((by, count) -> succeeded.merge(by, count, Long::sum));
        other.failedAnswers.forEach((by, count) -> failedAnswers.merge(by, count, Long::sum));
        other.failures.forEach((kind, count) -> failures.merge(kind, count, Long::sum));
        due += other.due;
        ended += other.ended;
        successes += other.successes;
        cutOff += other.cutOff;
        late += other.late;
        latestNanos = Math.max(latestNanos, other.latestNanos);
        heldBack += other.heldBack;
    }

    Figures figures(long gapNanos) {
        return new Figures(
                due, successes, failures(), cutOff, due - ended, Latency.of(micros), Duration.ofNanos(gapNanos));
    }

    private long failures() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    Map<FailureKind, Long> failuresByKind() {
        return failures;
    }

    Map<ServedBy, Long> succeededBy() {
        return succeeded;
    }

    Map<ServedBy, Long> failedBy() {
        return failedAnswers;
    }

    LoadReport.Pace pace() {
        return new LoadReport.Pace(late, Duration.ofNanos(latestNanos), heldBack);
    }
}
