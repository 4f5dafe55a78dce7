package dev.portolan.model;

import java.util.List;
import java.util.Optional;

/**
 * What one region is to run on each of its hosts.
 *
 * @param project prefix of the engine's names for its networks and volumes
 * @param services in the order of the Compose file
 */
public record Workload(String project, List<Service> services, List<NetworkSpec> networks, List<VolumeSpec> volumes) {

    public Workload {
        services = List.copyOf(services);
        networks = List.copyOf(networks);
        volumes = List.copyOf(volumes);
    }

    public Optional<Service> service(String name) {
        return services.stream().filter(service -> service.name().equals(name)).findFirst();
    }
}
