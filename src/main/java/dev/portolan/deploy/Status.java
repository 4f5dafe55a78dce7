package dev.portolan.deploy;

import dev.portolan.journal.History;
import dev.portolan.journal.Lease;
import dev.portolan.model.ContainerState;
import dev.portolan.model.Desired;
import dev.portolan.model.Host;
import dev.portolan.model.HostId;
import dev.portolan.model.HostState;
import dev.portolan.model.Observed;
import dev.portolan.model.ProxyPorts;
import dev.portolan.model.ReleaseId;
import dev.portolan.model.Route;
import dev.portolan.model.Service;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.TrafficState.PoolState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What serves now, and what is wrong. Changes nothing and takes no lock. */
public final class Status {
    private final App app;
    private final Shares figures;

    public Status(App app) {
        this.app = app;
        this.figures = new Shares(app.fleet(), app.runner());
    }

    /**
     * The app at a glance.
     *
     * @param committed the release that every host should serve
     * @param problems sentences for a person, each with what to do; none when all is well
     */
    public record Report(
            String app,
            Optional<ReleaseId> committed,
            Optional<Instant> committedAt,
            Optional<Lease.Owner> lockedBy,
            List<RouteReport> routes,
            List<RegionReport> regions,
            List<String> problems) {}

    /** @param readersAt {@code address:port} where its readers arrive: at the edge, or without one at the proxy of each host */
    public record RouteReport(Route route, List<String> readersAt) {}

    /** @param traffic what the traffic layer does with the region; empty when there is none */
    public record RegionReport(String region, boolean primary, Optional<PoolState> traffic, List<HostReport> hosts) {}

    /**
     * @param unreachable why the host does not answer; empty when it does
     * @param since when the newest of the containers that serve there was made
     * @param requests that the containers which serve there have had since they serve
     */
    public record HostReport(
            String host,
            Optional<String> unreachable,
            Optional<ReleaseId> committed,
            List<ServiceReport> services,
            Optional<Instant> since,
            long requests) {

        /** Without figures. */
        public HostReport(
                String host,
                Optional<String> unreachable,
                Optional<ReleaseId> committed,
                List<ServiceReport> services) {
            this(host, unreachable, committed, services, Optional.empty(), 0);
        }
    }

    /**
     * One service on one host.
     *
     * @param running of the release that serves
     * @param wanted by it
     * @param healthy among those that run
     * @param starting among those that run: their health is not known yet
     * @param kept containers of other releases, running or stopped
     */
    public record ServiceReport(
            String service, int wanted, int running, int healthy, int starting, int kept, boolean routed) {}

    /** @param configuration asked for where no release is committed */
    public Report status(Supplier<Desired> configuration, Consumer<Notice> notices) {
        History history = app.history(notices);
        Optional<Desired> committed = app.load(history.committed());
        Desired shown = committed.orElseGet(configuration);
        Observed observed = app.glance(List.of(shown));
        Map<HostId, Long> requests = figures.requests(shown, observed);
        boolean deployed = committed.isPresent() && !isTakenDown(observed);
        List<String> problems = new ArrayList<>();
        history.open().ifPresent(open -> problems.add(openText(open)));
        List<RegionReport> regions = shown.regions().stream()
                .map(region -> new RegionReport(
                        region.name(),
                        region.name().equals(shown.primary()),
                        Optional.ofNullable(observed.traffic().pools().get(region.name())),
                        region.hosts().stream()
                                .map(host -> hostReport(
                                        shown,
                                        host,
                                        observed,
                                        requests.getOrDefault(host.id(), 0L),
                                        deployed,
                                        problems))
                                .toList()))
                .toList();
        regions.forEach(region -> region.traffic()
                .filter(PoolState.DOWN::equals)
                .ifPresent(down -> problems.add("region " + region.region()
                        + " gets no readers: its health check fails; see: portolan logs --region " + region.region())));
        return new Report(
                app.name(),
                history.committed().filter(release -> deployed),
                history.committedAt().filter(at -> deployed),
                Lease.holder(app.files(), app.name()),
                routes(shown),
                regions,
                List.copyOf(problems));
    }

    /** What was taken off its hosts still has its history: no host means to serve it after a power cut. */
    private static boolean isTakenDown(Observed observed) {
        return observed.hosts().values().stream()
                .allMatch(state -> state instanceof HostState.Reachable reachable
                        && reachable.committed().isEmpty()
                        && reachable.containers().isEmpty());
    }

    /** The routes of a release, in the order of the configuration. */
    static List<RouteReport> routes(Desired shown) {
        return shown.routes().stream()
                .map(route -> new RouteReport(route, readersAt(shown, route)))
                .toList();
    }

    private static List<String> readersAt(Desired shown, Route route) {
        return switch (shown.traffic()) {
            case TrafficSettings.Edge(int port) ->
                List.of("localhost:"
                        + switch (route) {
                            case Route.Http http -> port;
                            case Route.Tcp tcp -> tcp.listen();
                        });
            case TrafficSettings.None() ->
                shown.regions().stream()
                        .filter(region -> shown.workload(region.name())
                                .service(route.service())
                                .isPresent())
                        .flatMap(region -> region.hosts().stream())
                        .map(host -> switch (route) {
                            case Route.Http http -> ProxyPorts.originOf(shown, host);
                            case Route.Tcp tcp -> ProxyPorts.originOf(shown, host, tcp);
                        })
                        .toList();
        };
    }

    private HostReport hostReport(
            Desired shown, Host host, Observed observed, long requests, boolean deployed, List<String> problems) {
        HostState state = observed.hosts().get(host.id());
        return switch (state) {
            case HostState.Reachable reachable -> {
                List<ServiceReport> services = shown.workload(host.id()).services().stream()
                        .map(service -> {
                            List<ContainerState> all = reachable.containers().stream()
                                    .filter(container -> container.service().equals(service.name()))
                                    .toList();
                            List<ContainerState> own = all.stream()
                                    .filter(container -> container.configHash().equals(service.hash())
                                            && (container.running() || done(container, service)))
                                    .toList();
                            long healthy = own.stream()
                                    .filter(container -> container.health() == ContainerState.Health.HEALTHY
                                            || container.health() == ContainerState.Health.NONE)
                                    .count();
                            long starting = own.stream()
                                    .filter(container -> container.health() == ContainerState.Health.STARTING)
                                    .count();
                            return new ServiceReport(
                                    service.name(),
                                    service.job() ? 0 : service.replicas(),
                                    own.size(),
                                    (int) healthy,
                                    (int) starting,
                                    all.size() - own.size(),
                                    shown.routes().stream()
                                            .anyMatch(route -> route.service().equals(service.name())));
                        })
                        .toList();
                services.stream()
                        .filter(service -> deployed && service.healthy() < service.wanted())
                        .forEach(service -> problems.add(host.id() + ": " + shortOf(service)));
                Optional<Instant> since = reachable.containers().stream()
                        .filter(container -> container.running()
                                && shown.workload(host.id())
                                        .service(container.service())
                                        .filter(service -> service.hash().equals(container.configHash()))
                                        .isPresent())
                        .map(ContainerState::created)
                        .max(Comparator.naturalOrder());
                yield new HostReport(
                        host.id().name(), Optional.empty(), reachable.committed(), services, since, requests);
            }
            case HostState.Unreachable(String reason) -> {
                problems.add("host " + host.id() + " does not answer: " + reason + "; check it with: portolan doctor");
                yield new HostReport(host.id().name(), Optional.of(reason), Optional.empty(), List.of());
            }
            case null -> throw new IllegalStateException("a host that was not asked: " + host.id());
        };
    }

    /** It has ended well, and is not to be started again. */
    private static boolean done(ContainerState container, Service service) {
        return service.mayEnd()
                && container.status() == ContainerState.Status.EXITED
                && container.exitCode().equals(Optional.of(0));
    }

    private static String shortOf(ServiceReport service) {
        String found = service.service() + " has " + service.healthy() + " of " + service.wanted() + " healthy";
        return service.healthy() + service.starting() >= service.wanted()
                ? found + " and " + service.starting() + " starting; look again in a moment"
                : found + "; bring it back with: portolan deploy";
    }

    private static String openText(History.Rollout open) {
        return "the " + open.started().purpose().toString().toLowerCase(java.util.Locale.ROOT) + " of release "
                + open.started().to()
                + (open.paused() ? " is paused" : " by " + open.started().who() + " was interrupted")
                + "; go on with: portolan deploy --resume, or back with: portolan rollback";
    }
}
