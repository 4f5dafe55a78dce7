package dev.portolan.plan;

import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerState;
import dev.portolan.model.HostState;
import dev.portolan.model.Service;
import dev.portolan.model.Workload;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Containers of one host that live in namespaces of others ({@code network_mode: service:vpn}): in those of the service's first
 * container, as in Docker Compose; and those that have the volumes of others ({@code volumes_from}). When that is made anew they must
 * be, too.
 */
final class Joins {
    private final String app;
    private final String region;
    private final Workload workload;
    private final List<ContainerState> containers;

    Joins(String app, String region, Workload workload, HostState.Reachable state) {
        this.app = app;
        this.region = region;
        this.workload = workload;
        this.containers = state.containers();
    }

    /** The names of the containers that one of the service joins or mounts the volumes of, by their services. */
    Map<String, String> of(Service service) {
        Map<String, String> joined = new TreeMap<>();
        ContainerSpec container = service.container();
        Stream.concat(container.joins().stream(), container.mountsVolumesOf().stream())
                .forEach(name -> workload.service(name)
                        .ifPresent(other -> joined.put(
                                name,
                                existing(other)
                                        .map(ContainerState::name)
                                        .orElseGet(() -> Replica.nameOf(app, region, other, 1)))));
        return joined;
    }

    /**
     * Whether a container lives in the containers that its service is to join, and has their volumes. A job is not run again for
     * that.
     */
    boolean isTrueFor(ContainerState container, Service service) {
        return service.job()
                || (areTrue(service.container().joins(), container.joined())
                        && areTrue(service.container().mountsVolumesOf(), container.volumesFrom()));
    }

    private boolean areTrue(Set<String> services, Map<String, String> ids) {
        return services.stream()
                .flatMap(name -> workload.service(name).stream())
                .allMatch(other ->
                        existing(other).map(ContainerState::id).equals(Optional.ofNullable(ids.get(other.name()))));
    }

    /** Those that cannot go on when these end. Volumes stay. */
    List<ContainerState> runningIn(List<ContainerState> hosts) {
        List<String> ids = hosts.stream().map(ContainerState::id).toList();
        return containers.stream()
                .filter(container -> container.running()
                        && container.joined().values().stream().anyMatch(ids::contains))
                .toList();
    }

    private Optional<ContainerState> existing(Service service) {
        return containers.stream()
                .filter(container -> container.service().equals(service.name())
                        && container.replica() == 1
                        && container.configHash().equals(service.hash())
                        && container.status() != ContainerState.Status.DEAD)
                .min(Comparator.comparing(container -> !container.running()));
    }
}
