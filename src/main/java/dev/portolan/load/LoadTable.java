package dev.portolan.load;

import dev.portolan.load.LoadReport.Figures;
import dev.portolan.load.LoadReport.Pace;
import dev.portolan.load.LoadReport.PlaceRow;
import dev.portolan.load.LoadReport.ReaderRow;
import dev.portolan.load.LoadReport.ServedRow;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** A report as a person reads it. */
public final class LoadTable {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private final LoadReport report;
    private final ZoneId zone;
    private final StringBuilder text = new StringBuilder();

    private LoadTable(LoadReport report, ZoneId zone) {
        this.report = report;
        this.zone = zone;
    }

    /**
     * The whole report: readers by place, who served them, failures, what was cut off and whether the harness kept up.
     *
     * @param zone of the times of failures
     * @return lines, each with its end
     */
    public static String of(LoadReport report, ZoneId zone) {
        var table = new LoadTable(report, zone);
        table.readers();
        table.served();
        table.failures();
        table.faults();
        table.pace();
        return table.text.toString();
    }

    private void readers() {
        var columns = new Columns(
                "readers", "sent", "succeeded", "failed", "cut off", "median", "p99", "slowest", "longest gap");
        for (PlaceRow place : report.places()) {
            columns.add(cells(place.place(), place.figures()));
            List<ReaderRow> readers = report.readers().stream()
                    .filter(reader -> reader.place().equals(place.place()))
                    .toList();
            for (ReaderRow reader : readers) {
                String reconnects = reader.reconnects() == 0
                        ? ""
                        : " (" + Text.counted(reader.reconnects(), "reconnect", "reconnects") + ")";
                columns.add(cells("  " + reader.kind().text() + " " + reader.rate() + reconnects, reader.figures()));
            }
        }
        if (report.places().size() > 1) {
            columns.add(cells("all", all()));
        }
        text.append(columns.text());
    }

    private Figures all() {
        Duration gap = report.places().stream()
                .map(place -> place.figures().longestGap())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return new Figures(
                report.requests(),
                report.succeeded(),
                report.failed(),
                report.cutOff(),
                report.outstanding(),
                report.latency(),
                gap);
    }

    private static List<String> cells(String name, Figures figures) {
        return List.of(
                name,
                Text.number(figures.sent()),
                Text.number(figures.succeeded()),
                Text.number(figures.failed()),
                Text.number(figures.cutOff()),
                Text.duration(figures.latency().median()),
                Text.duration(figures.latency().p99()),
                Text.duration(figures.latency().slowest()),
                Text.duration(figures.longestGap()));
    }

    private void served() {
        if (report.served().stream().allMatch(row -> row.by().equals(ServedBy.UNKNOWN))) {
            return; // the server does not say who it is
        }
        var columns = new Columns("served", "release", "region", "succeeded", "failed");
        for (ServedRow row : report.served()) {
            columns.add(List.of(
                    row.place(),
                    row.by().release(),
                    row.by().region(),
                    Text.number(row.succeeded()),
                    Text.number(row.failed())));
        }
        text.append('\n').append(columns.text());
    }

    private void failures() {
        if (report.failed() == 0) {
            return;
        }
        text.append('\n')
                .append(Text.counted(report.failed(), "request", "requests"))
                .append(" failed: ")
                .append(report.failures().stream()
                        .map(count ->
                                Text.number(count.count()) + " " + count.kind().text())
                        .collect(Collectors.joining(", ")))
                .append('\n');
        var alike = report.firstFailures().stream()
                .collect(Collectors.groupingBy(LoadTable::what, LinkedHashMap::new, Collectors.toList()));
        alike.forEach((what, failures) -> {
            text.append("  ")
                    .append(TIME.format(failures.getFirst().ended().atZone(zone)))
                    .append("  ")
                    .append(what);
            if (failures.size() > 1) {
                text.append(" (").append(failures.size()).append(" times until ");
                text.append(TIME.format(failures.getLast().ended().atZone(zone)))
                        .append(')');
            }
            text.append('\n');
        });
        long more = report.failed() - report.firstFailures().size();
        if (more > 0) {
            text.append("  and ").append(Text.number(more)).append(" more\n");
        }
    }

    private static String what(Failure failure) {
        String by = failure.answeredBy()
                .filter(known -> !known.equals(ServedBy.UNKNOWN))
                .map(known -> " (release " + known.release() + " in " + known.region() + ")")
                .orElse("");
        return failure.place() + "  " + failure.reader().text() + " " + failure.uri() + ", "
                + failure.kind().text() + ": " + failure.reason() + by;
    }

    private void faults() {
        if (report.faults().isEmpty()) {
            return;
        }
        text.append("\nbroken on purpose: ")
                .append(report.faults().stream()
                        .map(row -> row.fault().label() + " (" + Text.counted(row.cutOff(), "POST", "POSTs")
                                + " cut off in flight)")
                        .collect(Collectors.joining(", ")))
                .append('\n');
    }

    private void pace() {
        Pace pace = report.pace();
        if (pace.keptUp()) {
            return;
        }
        text.append("\nthe readers could not keep to their rate on this machine: ")
                .append(Text.counted(pace.late(), "request", "requests"))
                .append(" begun late, the latest by ")
                .append(Text.duration(pace.latest()))
                .append(", ")
                .append(Text.number(pace.heldBack()))
                .append(" held back by those before them; the times above include this\n");
    }

    /** A table: the first column to the left, the others to the right. */
    private static final class Columns {
        private final List<List<String>> rows = new ArrayList<>();

        Columns(String... names) {
            rows.add(List.of(names));
        }

        void add(List<String> cells) {
            rows.add(cells);
        }

        String text() {
            var lines = new StringBuilder();
            for (List<String> row : rows) {
                for (int column = 0; column < row.size(); column++) {
                    String cell = row.get(column);
                    String padding = " ".repeat(width(column) - cell.length());
                    lines.append(column == 0 ? cell + padding : "  " + padding + cell);
                }
                lines.append('\n');
            }
            return lines.toString();
        }

        private int width(int column) {
            return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        }
    }
}
