package dev.portolan.plan;

import dev.portolan.model.ContainerState;
import dev.portolan.model.Desired;
import dev.portolan.model.Hook;
import dev.portolan.model.Host;
import dev.portolan.model.HostId;
import dev.portolan.model.HostState;
import dev.portolan.model.ProxyServer;
import dev.portolan.model.ProxySettings;
import dev.portolan.model.ProxyState;
import dev.portolan.model.Route;
import dev.portolan.model.Service;
import dev.portolan.model.Workload;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How containers leave a host: those with readers drain first, then they stop, and those that nobody goes back to are removed. */
final class Departures {
    private final Request request;
    private final Desired desired;
    private final Host host;
    private final HostId id;
    private final HostState.Reachable state;
    private final Workload workload;
    private final Joins joins;
    private final List<Step> steps;

    /** @param steps of the host so far, to which those of the departures are added */
    Departures(Request request, Host host, HostState.Reachable state, Joins joins, List<Step> steps) {
        this.request = request;
        this.desired = request.desired();
        this.host = host;
        this.id = host.id();
        this.state = state;
        this.workload = desired.workload(id);
        this.joins = joins;
        this.steps = steps;
    }

    /** @param containers of one service */
    void stop(List<ContainerState> containers) {
        List<ContainerState> running = containers.stream()
                .filter(container -> !stoppedByNow(container))
                .toList();
        if (running.isEmpty()) {
            return;
        }
        joins.runningIn(running).stream()
                .collect(Collectors.groupingBy(ContainerState::service, TreeMap::new, Collectors.toList()))
                .values()
                .forEach(this::stop);
        drain(running);
        steps.add(stopOf(running));
    }

    boolean stoppedByNow(ContainerState container) {
        return steps.stream()
                .anyMatch(step ->
                        step instanceof Step.Stop stop && stop.containers().contains(container.name()));
    }

    void stopServicesNoLongerWanted() {
        List<ContainerState> gone = Leftovers.of(Leftovers.Kind.COMMITTED, state.containers(), id, request).stream()
                .filter(container -> container.running() && !stoppedByNow(container))
                .filter(container -> workload.service(container.service()).isEmpty())
                .filter(container -> portsOf(container).isEmpty())
                .toList();
        if (!gone.isEmpty()) {
            steps.add(stopOf(gone));
        }
    }

    void retire(Leftovers.Kind kind, Predicate<ContainerState> which) {
        List<ContainerState> leaving = Leftovers.of(kind, state.containers(), id, request).stream()
                .filter(which)
                .filter(container -> container.running() || isRemoved(kind))
                .toList();
        if (leaving.isEmpty()) {
            return;
        }
        leaving.stream()
                .filter(ContainerState::running)
                .collect(Collectors.groupingBy(ContainerState::service, TreeMap::new, Collectors.toList()))
                .values()
                .forEach(this::drain);
        List<ContainerState> running =
                leaving.stream().filter(ContainerState::running).toList();
        if (!running.isEmpty()) {
            steps.add(stopOf(running));
        }
        if (isRemoved(kind)) {
            steps.add(new Step.Remove(id, names(leaving)));
        }
    }

    /** Containers of the last release before are stopped and stay for a rollback; older ones go. */
    private static boolean isRemoved(Leftovers.Kind kind) {
        return switch (kind) {
            case ORPHANED, KEPT -> true;
            case WANTED, COMMITTED, EXPIRED -> false;
        };
    }

    /** @param containers of one service */
    private void drain(List<ContainerState> containers) {
        ContainerState one = containers.getFirst();
        List<ProxyServer> servers = ServiceSituation.servers(containers, portsOf(one));
        // one that is down now is up again, with what it had committed, before this is done
        boolean proxied = state.proxy().running()
                || !ProxySettings.of(desired, host).routes().isEmpty();
        if (proxied && !servers.isEmpty()) {
            steps.add(
                    new Step.Drain(id, one.service(), servers, desired.rollout().drain()));
        }
    }

    boolean notInService(ContainerState container) {
        Set<String> inService = Optional.ofNullable(state.proxy().routes().get(container.service()))
                .map(ProxyState.RouteState::inService)
                .orElse(Set.of());
        return ServiceSituation.servers(List.of(container), portsOf(container)).stream()
                .noneMatch(server -> inService.contains(server.address() + ":" + server.port()));
    }

    /** The ports at which a container may have requests, by a route of the desired release or of the one that serves now. */
    private List<Integer> portsOf(ContainerState container) {
        return Route.ports(
                Stream.concat(
                                desired.routes().stream(),
                                request.committed().stream().flatMap(release -> release.routes().stream()))
                        .toList(),
                container.service());
    }

    private Step.Stop stopOf(List<ContainerState> containers) {
        Map<String, List<Hook>> hooks = new HashMap<>();
        containers.forEach(container -> {
            List<Hook> found = preStop(container);
            if (!found.isEmpty()) {
                hooks.put(container.name(), found);
            }
        });
        return new Step.Stop(id, names(containers), graceOf(containers), hooks);
    }

    /**
     * The hooks of the release that the container is of; when that is not known any more those of the one that comes, as in
     * Docker Compose.
     */
    private List<Hook> preStop(ContainerState container) {
        return releasesOf(container)
                .filter(service -> service.hash().equals(container.configHash()))
                .findFirst()
                .or(() -> workload.service(container.service()))
                .map(service -> service.container().process().preStop())
                .orElse(List.of());
    }

    /** What its service is in each release that is known. */
    Stream<Service> releasesOf(ContainerState container) {
        return request.releases().stream()
                .filter(release -> release.workloads().containsKey(id.region()))
                .flatMap(release -> release.workload(id.region()).service(container.service()).stream());
    }

    private Duration graceOf(List<ContainerState> containers) {
        return containers.stream()
                .flatMap(this::releasesOf)
                .map(service -> service.container().process().stopGrace())
                .max(Duration::compareTo)
                .orElse(Duration.ofSeconds(10));
    }

    private static List<String> names(List<ContainerState> containers) {
        return containers.stream().map(ContainerState::name).toList();
    }
}
