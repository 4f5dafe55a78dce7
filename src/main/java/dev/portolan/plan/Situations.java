package dev.portolan.plan;

import dev.portolan.model.ContainerState;
import dev.portolan.model.Desired;
import dev.portolan.model.Endpoint;
import dev.portolan.model.HostId;
import dev.portolan.model.HostState;
import dev.portolan.model.NetworkSpec;
import dev.portolan.model.ProxyState;
import dev.portolan.model.Route;
import dev.portolan.model.Service;
import dev.portolan.model.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds for each service of a host which of its containers may stay, and what the missing ones are to be. */
final class Situations {
    private final Desired desired;
    private final HostId id;
    private final HostState.Reachable state;
    private final Allotment allotment;
    private final Workload workload;
    private final Joins joins;
    private final boolean proxyIsAsAsked;
    private final Neighbourhood neighbourhood;

    /** @param proxyIsAsAsked whether what the proxy has in service has passed the checks of the desired settings */
    Situations(
            Desired desired,
            HostId id,
            HostState.Reachable state,
            Allotment allotment,
            Joins joins,
            boolean proxyIsAsAsked) {
        this.desired = desired;
        this.id = id;
        this.state = state;
        this.allotment = allotment;
        this.workload = desired.workload(id);
        this.joins = joins;
        this.proxyIsAsAsked = proxyIsAsAsked;
        allotment.keep(state, given(workload));
        this.neighbourhood = new Neighbourhood(workload, state, allotment);
    }

    /** One for each service, in the order of the workload. */
    List<ServiceSituation> all() {
        return workload.services().stream().map(this::of).toList();
    }

    private ServiceSituation of(Service service) {
        Map<Integer, ContainerState> matching = state.containers().stream()
                .filter(container -> container.service().equals(service.name())
                        && container.configHash().equals(service.hash())
                        && container.status() != ContainerState.Status.DEAD
                        && neighbourhood.isTrueFor(container, service)
                        && joins.isTrueFor(container, service))
                .collect(Collectors.toMap(ContainerState::replica, Function.identity(), Situations::better));
        List<Replica> wanted = IntStream.rangeClosed(1, service.replicas())
                .mapToObj(number -> Optional.ofNullable(matching.get(number))
                        .map(container ->
                                Replica.existing(container, service, neighbourhood.of(service), joins.of(service)))
                        .orElseGet(() -> newReplica(service, number)))
                .toList();
        Set<String> existing =
                wanted.stream().filter(Replica::exists).map(Replica::container).collect(Collectors.toSet());
        List<ContainerState> all = state.containers().stream()
                .filter(container -> container.service().equals(service.name()))
                .toList();
        // what serves has not passed the check of other settings: it is cut over to anew
        Optional<ProxyState.RouteState> served =
                proxyIsAsAsked ? Optional.ofNullable(state.proxy().routes().get(service.name())) : Optional.empty();
        return new ServiceSituation(
                service,
                Route.ports(desired.routes(), service.name()),
                wanted,
                all.stream()
                        .filter(container -> existing.contains(container.name()))
                        .collect(Collectors.toMap(ContainerState::name, Function.identity(), Situations::better)),
                all.stream()
                        .filter(container -> !existing.contains(container.name()))
                        .toList(),
                served.map(ProxyState.RouteState::inService).orElse(Set.of()));
    }

    private static ContainerState better(ContainerState one, ContainerState other) {
        return one.running() ? one : other;
    }

    private Replica newReplica(Service service, int number) {
        String name = Replica.nameOf(desired.app(), id.region(), service, number);
        return new Replica(
                name,
                service,
                number,
                newAddress(service, number),
                neighbourhood.of(service),
                joins.of(service),
                false);
    }

    /** Addresses that the app gives to its containers: nobody else gets them. */
    private static List<String> given(Workload workload) {
        return workload.services().stream()
                .flatMap(service -> service.container().networking().attachments().stream())
                .flatMap(attachment -> attachment.endpoint().stream())
                .map(Endpoint::address)
                .filter(address -> !address.isEmpty())
                .toList();
    }

    private Optional<String> newAddress(Service service, int number) {
        Optional<String> given = service.container().givenAddress();
        if (given.isPresent()) {
            return given;
        }
        boolean routed =
                desired.routes().stream().anyMatch(route -> route.service().equals(service.name()));
        Optional<String> kept = number == 1 && !routed ? neighbourhood.addressOf(service) : Optional.empty();
        return kept.isPresent() ? kept : freeAddress(service);
    }

    private Optional<String> freeAddress(Service service) {
        return service.container().networking().attachments().stream()
                .findFirst()
                .map(attachment -> network(attachment.network()))
                .flatMap(network -> allotment.next(state, network));
    }

    private NetworkSpec network(String name) {
        return workload.networks().stream()
                .filter(network -> network.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no network " + name));
    }
}
