package dev.portolan.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Compose's {@code healthcheck}.
 *
 * @param test in the engine's form: {@code NONE}, {@code CMD ...} or {@code CMD-SHELL ...}; empty for the image's own test
 * @param interval zero for the engine's default, as are the others
 * @param startInterval in place of {@code interval} as long as {@code startPeriod} lasts, if given
 */
public record HealthTest(
        List<String> test,
        Duration interval,
        Duration timeout,
        int retries,
        Duration startPeriod,
        Optional<Duration> startInterval) {

    public HealthTest(List<String> test, Duration interval, Duration timeout, int retries, Duration startPeriod) {
        this(test, interval, timeout, retries, startPeriod, Optional.empty());
    }

    public boolean disabled() {
        return test.equals(List.of("NONE"));
    }
}
