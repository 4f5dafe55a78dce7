package dev.portolan.load;

import java.time.Duration;

/** One line that says how a load goes. */
public final class ProgressLine {
    private ProgressLine() {}

    /** Such as {@code 0:12  2,400 sent  0 failed  p99 4.0 ms  slowest 31 ms}. */
    public static String of(LoadReport report) {
        Duration elapsed = report.elapsed();
        var line = new StringBuilder()
                .append(elapsed.toMinutes())
                .append(elapsed.toSecondsPart() < 10 ? ":0" : ":")
                .append(elapsed.toSecondsPart());
        append(line, Text.number(report.requests()), "sent");
        append(line, Text.number(report.failed()), "failed");
        if (report.cutOff() > 0) {
            append(line, Text.number(report.cutOff()), "cut off");
        }
        append(line, "p99", Text.duration(report.latency().p99()));
        append(line, "slowest", Text.duration(report.latency().slowest()));
        if (!report.pace().keptUp()) {
            append(line, Text.number(report.pace().late() + report.pace().heldBack()), "late by this machine");
        }
        return line.toString();
    }

    private static void append(StringBuilder line, String first, String second) {
        line.append("  ").append(first).append(' ').append(second);
    }
}
