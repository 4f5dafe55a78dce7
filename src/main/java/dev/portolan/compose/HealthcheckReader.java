package dev.portolan.compose;

import java.util.List;

/** A service's {@code healthcheck}. */
final class HealthcheckReader {
    private HealthcheckReader() {}

    static Healthcheck read(Section section) {
        return new Healthcheck(
                section.truth("disable", false) ? List.of("NONE") : section.texts("test"),
                section.duration("interval"),
                section.duration("timeout"),
                section.whole("retries", 0, Integer.MAX_VALUE),
                section.duration("start_period"),
                section.duration("start_interval"),
                section.location());
    }
}
