package dev.portolan.cli.render;

import dev.portolan.cli.render.Table.Cell;
import dev.portolan.deploy.Status;
import dev.portolan.deploy.Status.HostReport;
import dev.portolan.deploy.Status.RegionReport;
import dev.portolan.deploy.Status.RouteReport;
import dev.portolan.deploy.Status.ServiceReport;
import dev.portolan.model.Route;
import dev.portolan.model.TrafficState.PoolState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What serves where, on one screen. Pure. */
final class StatusText {
    private final TextStyle style;

    StatusText(TextStyle style) {
        this.style = style;
    }

    List<String> of(Status.Report report, Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add(style.strong(report.app()) + "  " + release(report, now));
        report.lockedBy()
                .ifPresent(owner -> lines.add("locked by " + owner.who() + " for " + owner.purpose() + ", since "
                        + style.time(owner.since())));
        lines.add("");
        lines.addAll(table(report, now));
        if (!report.routes().isEmpty()) {
            lines.add("");
            lines.addAll(routes(report.routes()));
        }
        if (!report.problems().isEmpty()) {
            lines.add("");
            report.problems().forEach(problem -> lines.add(style.mark() + " " + problem));
        }
        return lines;
    }

    private String release(Status.Report report, Instant now) {
        return report.committed()
                .map(release -> "release " + release
                        + report.committedAt()
                                .map(at -> ", serving for " + Measures.age(Duration.between(at, now)))
                                .orElse(""))
                .orElse("nothing is deployed; deploy it with: portolan deploy");
    }

    private static long requests(Status.Report report) {
        return report.regions().stream()
                .flatMap(region -> region.hosts().stream())
                .mapToLong(HostReport::requests)
                .sum();
    }

    /** Of all requests that the app has had since its containers serve. */
    private static String share(HostReport host, long requests) {
        return requests == 0 ? "-" : Math.round(100.0 * host.requests() / requests) + "%";
    }

    private List<String> table(Status.Report report, Instant now) {
        Table table = new Table();
        long requests = requests(report);
        table.row("REGION", "HOST", "READERS", "SHARE", "SERVICE", "HEALTHY", "RELEASE", "AGE", "");
        for (RegionReport region : report.regions()) {
            String name = region.region() + (region.primary() ? " (primary)" : "");
            Cell traffic = traffic(region.traffic());
            for (HostReport host : region.hosts()) {
                rows(table, report, name, traffic, host, requests, now);
                name = "";
                traffic = Cell.of("");
            }
        }
        return table.lines("");
    }

    private static List<String> routes(List<RouteReport> routes) {
        Table table = new Table();
        table.row("ROUTE", "SERVICE", "READERS AT");
        for (RouteReport report : routes) {
            Route route = report.route();
            table.row(
                    switch (route) {
                        case Route.Http http -> "http " + http.host();
                        case Route.Tcp tcp -> "tcp " + tcp.listen();
                    },
                    route.service() + ":" + route.port(),
                    String.join(", ", report.readersAt()));
        }
        return table.lines("");
    }

    private void rows(
            Table table,
            Status.Report report,
            String region,
            Cell traffic,
            HostReport host,
            long requests,
            Instant now) {
        if (host.unreachable().isPresent()) {
            table.row(List.of(Cell.of(region), Cell.of(host.host()), traffic, Cell.of("-"), bad("does not answer")));
            return;
        }
        Cell first = Cell.of(region);
        Cell second = Cell.of(host.host());
        Cell third = traffic;
        Cell share = Cell.of(share(host, requests));
        Cell age = Cell.of(
                host.since().map(at -> Measures.age(Duration.between(at, now))).orElse("-"));
        String release = host.committed().map(Object::toString).orElse("-");
        boolean other = report.committed().isPresent() && !host.committed().equals(report.committed());
        if (host.services().isEmpty()) {
            table.row(List.of(first, second, third, share, Cell.of("-")));
        }
        for (ServiceReport service : host.services()) {
            table.row(List.of(
                    first,
                    second,
                    third,
                    share,
                    Cell.of(service.service()),
                    health(service),
                    other ? bad(release) : Cell.of(release),
                    age,
                    Cell.of(service.kept() == 0 ? "" : "+" + service.kept() + " kept")));
            first = Cell.of("");
            second = Cell.of("");
            third = Cell.of("");
            share = Cell.of("");
            age = Cell.of("");
        }
    }

    private Cell health(ServiceReport service) {
        String text = service.healthy() + "/" + service.wanted();
        return service.healthy() < service.wanted() ? bad(text) : new Cell(text, style.good(text));
    }

    private Cell traffic(Optional<PoolState> state) {
        return state.map(known -> switch (known) {
                    case UP -> new Cell("served", style.good("served"));
                    case DRAINED -> new Cell("drained", style.doubtful("drained"));
                    case DOWN -> bad("none");
                })
                .orElseGet(() -> Cell.of("-"));
    }

    private Cell bad(String text) {
        return new Cell(text, style.bad(text));
    }
}
