package dev.portolan.plan;

import dev.portolan.model.ContainerSpec.Neighbour;
import dev.portolan.model.ContainerSpec.NetworkAttachment;
import dev.portolan.model.ContainerState;
import dev.portolan.model.HostState;
import dev.portolan.model.NetworkSpec;
import dev.portolan.model.Service;
import dev.portolan.model.Workload;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The addresses by which the containers of one host know services by heart. As long as a container knows a service by an
 * address, a new container of the service gets that address and no other container does, so what is known stays true.
 */
final class Neighbourhood {
    private final Workload workload;
    private final HostState.Reachable state;
    private final Allotment allotment;
    /** By service: of those that some service of the release knows. */
    private final Map<String, String> addresses = new HashMap<>();

    Neighbourhood(Workload workload, HostState.Reachable state, Allotment allotment) {
        this.workload = workload;
        this.state = state;
        this.allotment = allotment;
        workload.services().stream()
                .flatMap(service -> service.container().networking().neighbours().stream())
                .map(Neighbour::service)
                .distinct()
                .flatMap(name -> workload.service(name).stream())
                .forEach(service -> service.container()
                        .givenAddress()
                        .or(() -> existing(service))
                        .or(() -> known(service))
                        .or(() -> predecessor(service))
                        .or(() -> home(service).flatMap(network -> allotment.next(state, network)))
                        .ifPresent(address -> addresses.put(service.name(), address)));
    }

    /** What a container of the service is to know: addresses by service. */
    Map<String, String> of(Service service) {
        Map<String, String> known = new TreeMap<>();
        service.container()
                .networking()
                .neighbours()
                .forEach(neighbour -> Optional.ofNullable(addresses.get(neighbour.service()))
                        .ifPresent(address -> known.put(neighbour.service(), address)));
        return known;
    }

    /** Whether what a container knows is true. A job is not run again only because what it knew then is not. */
    boolean isTrueFor(ContainerState container, Service service) {
        return service.job() || container.neighbours().equals(of(service));
    }

    /** The address that the first container of a service must have, if others know it. */
    Optional<String> addressOf(Service service) {
        return Optional.ofNullable(addresses.get(service.name())).or(() -> known(service));
    }

    private Optional<String> existing(Service service) {
        return state.containers().stream()
                .filter(container -> isFirst(container, service)
                        && container.configHash().equals(service.hash())
                        && container.status() != ContainerState.Status.DEAD)
                .flatMap(container -> addressAtHome(container, service).stream())
                .findFirst();
    }

    private Optional<String> known(Service service) {
        return home(service)
                .flatMap(network -> state.containers().stream()
                        .flatMap(container ->
                                Optional.ofNullable(container.neighbours().get(service.name())).stream())
                        .filter(allotment.subnetOf(state, network)::contains)
                        .findFirst());
    }

    /** Of the container that the service's first one replaces, which is stopped by then. */
    private Optional<String> predecessor(Service service) {
        return state.containers().stream()
                .filter(container -> isFirst(container, service))
                .sorted(Comparator.comparing(ContainerState::running).reversed())
                .flatMap(container -> addressAtHome(container, service).stream())
                .findFirst();
    }

    private static boolean isFirst(ContainerState container, Service service) {
        return container.service().equals(service.name()) && container.replica() == 1;
    }

    private Optional<String> addressAtHome(ContainerState container, Service service) {
        return home(service)
                .flatMap(network -> Optional.ofNullable(container.address().get(network.name()))
                        .filter(allotment.subnetOf(state, network)::contains));
    }

    /** The network that carries the fixed address, unless its addresses are not ours to give. */
    private Optional<NetworkSpec> home(Service service) {
        return service.container().networking().attachments().stream()
                .findFirst()
                .map(NetworkAttachment::network)
                .flatMap(name -> workload.networks().stream()
                        .filter(network -> network.name().equals(name) && network.planned())
                        .findFirst());
    }
}
