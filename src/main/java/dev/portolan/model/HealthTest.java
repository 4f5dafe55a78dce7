package dev.portolan.model;

import java.time.Duration;
import java.util.List;

/**
 * Compose's {@code healthcheck}.
 *
 * @param test in the engine's form: {@code NONE}, {@code CMD ...} or {@code CMD-SHELL ...}; empty for the image's own test
 * @param interval zero for the engine's default, as are the others
 */
public record HealthTest(List<String> test, Duration interval, Duration timeout, int retries, Duration startPeriod) {

    public boolean disabled() {
        return test.equals(List.of("NONE"));
    }
}
