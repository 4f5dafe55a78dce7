package dev.portolan.cli.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portolan.load.LoadReport;
import java.time.Duration;

/** How readers fared, as JSON. Times are in milliseconds with a fraction. */
final class LoadJson {
    private static final double NANOS_PER_MILLI = 1e6;

    private LoadJson() {}

    static ObjectNode of(String event, LoadReport report) {
        ObjectNode node = JsonLines.named(event)
                .put("elapsed", report.elapsed().toMillis())
                .put("requests", report.requests())
                .put("succeeded", report.succeeded())
                .put("failed", report.failed())
                .put("cutOff", report.cutOff())
                .put("outstanding", report.outstanding())
                .put("median", millis(report.latency().median()))
                .put("p99", millis(report.latency().p99()))
                .put("slowest", millis(report.latency().slowest()));
        ArrayNode places = node.putArray("places");
        report.places()
                .forEach(place -> places.addObject()
                        .put("place", place.place())
                        .put("sent", place.figures().sent())
                        .put("succeeded", place.figures().succeeded())
                        .put("failed", place.figures().failed())
                        .put("longestGap", millis(place.figures().longestGap())));
        ArrayNode served = node.putArray("served");
        report.served()
                .forEach(row -> served.addObject()
                        .put("place", row.place())
                        .put("release", row.by().release())
                        .put("region", row.by().region())
                        .put("succeeded", row.succeeded())
                        .put("failed", row.failed()));
        ArrayNode failures = node.putArray("failures");
        report.failures()
                .forEach(failure -> failures.addObject()
                        .put("kind", JsonLines.word(failure.kind()))
                        .put("count", failure.count()));
        return node;
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / NANOS_PER_MILLI;
    }
}
