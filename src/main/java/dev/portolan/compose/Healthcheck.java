package dev.portolan.compose;

import dev.portolan.model.SourceLocation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A service's {@code healthcheck}.
 *
 * @param test in the engine's form: {@code NONE}, {@code CMD ...} or {@code CMD-SHELL ...}; empty to keep the image's own
 *     test and change only its times
 */
public record Healthcheck(
        List<String> test,
        Optional<Duration> interval,
        Optional<Duration> timeout,
        OptionalLong retries,
        Optional<Duration> startPeriod,
        Optional<Duration> startInterval,
        SourceLocation location) {

    /** Whether the image's own check is switched off: {@code disable: true} or a test of {@code NONE}. */
    public boolean disabled() {
        return test.equals(List.of("NONE"));
    }
}
