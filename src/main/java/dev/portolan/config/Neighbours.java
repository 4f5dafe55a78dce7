package dev.portolan.config;

import dev.portolan.model.ContainerSpec.Neighbour;
import dev.portolan.model.ContainerSpec.NetworkAttachment;
import dev.portolan.model.ContainerSpec.Networking;
import dev.portolan.model.Dependency;
import dev.portolan.model.NetworkSpec;
import dev.portolan.model.Route;
import dev.portolan.model.Service;
import dev.portolan.model.UpdateOrder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which services a service's containers may know by heart: those that it depends on and whose only container is replaced
 * stop-first, so that the next one can have its address. A service with a route or with several containers is not among them,
 * since it has two addresses at a time.
 */
final class Neighbours {
    private final List<Service> services;
    private final Set<String> foreign;
    private final Set<String> routed;

    Neighbours(List<Service> services, List<NetworkSpec> networks, List<Route> routes) {
        this.services = services;
        this.foreign = networks.stream()
                .filter(network -> !network.planned())
                .map(NetworkSpec::name)
                .collect(Collectors.toSet());
        this.routed = routes.stream().map(Route::service).collect(Collectors.toSet());
    }

    List<Neighbour> of(Service service) {
        Set<String> needed =
                service.dependencies().stream().map(Dependency::service).collect(Collectors.toSet());
        return services.stream()
                .filter(other -> needed.contains(other.name()) && keepsItsAddress(other))
                .flatMap(other -> neighbour(service, other))
                .toList();
    }

    private boolean keepsItsAddress(Service service) {
        return service.order() == UpdateOrder.STOP_FIRST
                && service.replicas() == 1
                && !service.job()
                && !routed.contains(service.name())
                && home(service).noneMatch(network -> foreign.contains(network.network()));
    }

    /** The attachment that carries the fixed address. */
    private static Stream<NetworkAttachment> home(Service service) {
        Networking networking = service.container().networking();
        return networking.mode().isPresent()
                ? Stream.empty()
                : networking.attachments().stream().limit(1);
    }

    private Stream<Neighbour> neighbour(Service service, Service other) {
        Networking networking = service.container().networking();
        Set<String> others = otherNames(service, other);
        return home(other)
                .filter(home -> networking.mode().isEmpty()
                        && networking.attachments().stream()
                                .anyMatch(attachment -> attachment.network().equals(home.network())))
                .map(home -> new Neighbour(
                        other.name(),
                        home.network(),
                        home.aliases().stream()
                                .filter(name -> !others.contains(name))
                                .toList()))
                .filter(neighbour -> !neighbour.names().isEmpty());
    }

    /** Names that do not mean the other service alone: those of further services, and those that a person has given an address. */
    private Set<String> otherNames(Service service, Service other) {
        Set<String> names = new LinkedHashSet<>();
        services.stream()
                .filter(third -> !third.name().equals(other.name()))
                .flatMap(third -> third.container().networking().attachments().stream())
                .forEach(attachment -> names.addAll(attachment.aliases()));
        service.container()
                .networking()
                .extraHosts()
                .forEach(line -> names.add(line.substring(0, Math.max(0, line.indexOf(':')))));
        return names;
    }
}
