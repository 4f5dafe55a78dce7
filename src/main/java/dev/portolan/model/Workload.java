package dev.portolan.model;

import dev.portolan.model.ContainerSpec.Mount;
import dev.portolan.model.ContainerSpec.NetworkAttachment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one region is to run on its hosts: each service on every one, unless it says otherwise.
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

    /** What one host of the region is to run: without the services that it does not have, and what only those use. */
    public Workload on(String host) {
        List<Service> here =
                services.stream().filter(service -> service.isOn(host)).toList();
        if (here.size() == services.size()) {
            return this;
        }
        Set<String> attached = here.stream()
                .flatMap(service -> service.container().networking().attachments().stream())
                .map(NetworkAttachment::network)
                .collect(Collectors.toSet());
        List<Mount> mounts = here.stream()
                .flatMap(service -> service.container().storage().mounts().stream())
                .toList();
        return new Workload(
                project,
                here,
                networks.stream()
                        .filter(network -> attached.contains(network.name()))
                        .toList(),
                volumes.stream()
                        .filter(volume -> uses(mounts, Mount.Kind.VOLUME, volume.name()))
                        .toList(),
                files.stream()
                        .filter(carried -> uses(mounts, Mount.Kind.FILES, carried.digest()))
                        .toList(),
                folders.stream()
                        .filter(folder -> mounts.stream().anyMatch(mount -> isIn(folder, mount)))
                        .toList());
    }

    private static boolean uses(List<Mount> mounts, Mount.Kind kind, String source) {
        return mounts.stream()
                .anyMatch(mount -> mount.kind() == kind && mount.source().equals(source));
    }

    private static boolean isIn(DataFolder folder, Mount mount) {
        return mount.kind() == Mount.Kind.DATA
                && (folder.name().isEmpty() || Path.of(mount.source()).startsWith(folder.name()));
    }
}
