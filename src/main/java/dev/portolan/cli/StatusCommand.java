package dev.portolan.cli;

import dev.portolan.cli.render.Event;
import dev.portolan.cli.render.Summary;
import dev.portolan.deploy.App;
import dev.portolan.deploy.Status;
import dev.portolan.model.ExitCode;
import dev.portolan.model.TrafficState.PoolState;
import java.util.Optional;

/** {@code portolan status}. */
final class StatusCommand implements Command {

    @Override
    public Usage usage() {
        return Usage.of(
                        CommandName.STATUS,
                        "Shows regions, hosts and services: what is healthy, which release serves, where readers go, and"
                                + " what is wrong with what to do about it. Exits 1 when a host does not answer or a service"
                                + " is not as healthy as it should be.")
                .examples("portolan status", "portolan status --output json");
    }

    @Override
    public Summary run(Session session) {
        App app = session.app(session.project().outline());
        Status.Report report =
                new Status(app).status(() -> session.project().unresolved().desired(), session::notice);
        session.display().show(new Event.StatusSeen(report, session.now()));
        boolean healthy = isHealthy(report);
        Summary summary = Summary.of(healthy ? "healthy" : "not healthy", healthy ? ExitCode.DONE : ExitCode.FAILED);
        return report.committed().map(summary::ofRelease).orElse(summary);
    }

    private static boolean isHealthy(Status.Report report) {
        return report.regions().stream()
                .allMatch(region -> !region.traffic().equals(Optional.of(PoolState.DOWN))
                        && region.hosts().stream()
                                .allMatch(host -> host.unreachable().isEmpty()
                                        && (report.committed().isEmpty()
                                                || host.services().stream()
                                                        .allMatch(service -> service.healthy() >= service.wanted()))));
    }
}
