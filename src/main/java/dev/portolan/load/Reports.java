package dev.portolan.load;

import dev.portolan.load.LoadReport.FailureCount;
import dev.portolan.load.LoadReport.FaultRow;
import dev.portolan.load.LoadReport.Figures;
import dev.portolan.load.LoadReport.PlaceRow;
import dev.portolan.load.LoadReport.ReaderRow;
import dev.portolan.load.LoadReport.ServedRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Makes the report of a load at one moment: each tally is read once, so that the sums agree. */
final class Reports {
    private final Clock clock;
    private final LoadSettings settings;
    private final List<Fault> faults;
    private final long nowNanos;
    private final Count total = new Count();
    private final Map<String, Count> places = new LinkedHashMap<>();
    private final List<ReaderRow> readers = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private final long[] cutOffByFault;

    Reports(Clock clock, LoadSettings settings, List<Fault> faults, long nowNanos) {
        this.clock = clock;
        this.settings = settings;
        this.faults = faults;
        this.nowNanos = nowNanos;
        this.cutOffByFault = new long[faults.size()];
    }

    void add(Tally tally, Visitor visitor) {
        Count count = tally.count(faults);
        Reader reader = tally.reader();
        total.add(count);
        places.computeIfAbsent(reader.place(), place -> new Count()).add(count);
        readers.add(new ReaderRow(
                reader.place(),
                reader.kind(),
                reader.rate(),
                count.figures(tally.longestGap(nowNanos)),
                visitor.connections(),
                visitor.reconnects()));
        failures.addAll(tally.failures(faults));
        for (int i = 0; i < cutOffByFault.length; i++) {
            cutOffByFault[i] += tally.cutOffBy(faults.get(i), faults.subList(0, i));
        }
    }

    LoadReport report(Map<String, Gap> gaps) {
        var placeRows = new ArrayList<PlaceRow>();
        long longestGap = 0;
        for (var place : places.entrySet()) {
            Gap gap = gaps.get(place.getKey());
            long nanos = gap == null ? 0 : gap.longestUntil(nowNanos);
            longestGap = Math.max(longestGap, nanos);
            placeRows.add(new PlaceRow(place.getKey(), place.getValue().figures(nanos)));
        }
        Figures sum = total.figures(longestGap);
        return new LoadReport(
                clock.started(),
                clock.elapsed(nowNanos),
                sum.sent(),
                sum.succeeded(),
                sum.failed(),
                sum.cutOff(),
                sum.outstanding(),
                sum.latency(),
                readers,
                placeRows,
                served(),
                failureCounts(),
                failures.stream()
                        .sorted(Comparator.comparing(Failure::ended))
                        .limit(settings.failuresShown())
                        .toList(),
                faultRows(),
                total.pace());
    }

    private List<ServedRow> served() {
        var rows = new ArrayList<ServedRow>();
        places.forEach((place, count) -> {
            var servers = new TreeSet<>(count.succeededBy().keySet());
            servers.addAll(count.failedBy().keySet());
            for (ServedBy by : servers) {
                rows.add(new ServedRow(
                        place,
                        by,
                        count.succeededBy().getOrDefault(by, 0L),
                        count.failedBy().getOrDefault(by, 0L)));
            }
        });
        return rows;
    }

    private List<FailureCount> failureCounts() {
        return total.failuresByKind().entrySet().stream()
                .map(entry -> new FailureCount(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(FailureCount::count).reversed().thenComparing(FailureCount::kind))
                .toList();
    }

    private List<FaultRow> faultRows() {
        var rows = new ArrayList<FaultRow>();
        for (int i = 0; i < cutOffByFault.length; i++) {
            rows.add(new FaultRow(faults.get(i), cutOffByFault[i]));
        }
        return rows;
    }
}
