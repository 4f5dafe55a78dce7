package dev.portolan.model;

import java.util.List;
import java.util.Optional;

/**
 * What one region is to run on each of its hosts.
 *
 * @param project prefix of the engine's names for its networks and volumes
 * @param services in the order of the Compose file
 * @param files that its services mount
 * @param folders that its services mount
 */
public record Workload(
        String project,
        List<Service> services,
        List<NetworkSpec> networks,
        List<VolumeSpec> volumes,
        List<ReleaseFiles> files,
        List<DataFolder> folders) {

    public Workload {
        services = List.copyOf(services);
        networks = List.copyOf(networks);
        volumes = List.copyOf(volumes);
        files = List.copyOf(files);
        folders = List.copyOf(folders);
    }

    /** Without files and folders of the project. */
    public Workload(String project, List<Service> services, List<NetworkSpec> networks, List<VolumeSpec> volumes) {
        this(project, services, networks, volumes, List.of(), List.of());
    }

    public Optional<Service> service(String name) {
        return services.stream().filter(service -> service.name().equals(name)).findFirst();
    }
}
