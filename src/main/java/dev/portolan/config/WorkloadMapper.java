package dev.portolan.config;

import dev.portolan.compose.ComposeNetwork;
import dev.portolan.compose.ComposeProject;
import dev.portolan.compose.ComposeService;
import dev.portolan.compose.ComposeVolume;
import dev.portolan.compose.ServiceVolume;
import dev.portolan.model.NetworkSpec;
import dev.portolan.model.Route;
import dev.portolan.model.Service;
import dev.portolan.model.VolumeSpec;
import dev.portolan.model.Workload;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A Compose project as what one region is to run. */
final class WorkloadMapper {
    private static final String LOCAL_DRIVER = "local";

    private final ComposeProject project;
    private final ServiceMapper services;
    private final Binds binds;
    private final String region;
    private final Placements placements;
    private final Problems problems;

    WorkloadMapper(
            ComposeProject project,
            ServiceMapper services,
            Binds binds,
            String region,
            Placements placements,
            Problems problems) {
        this.project = project;
        this.problems = problems;
        this.region = region;
        this.placements = placements;
        this.services = services;
        this.binds = binds;
    }

    /** Without the services that have a problem, and with those networks and volumes that a service uses. */
    Workload workload(List<Route> routes) {
        List<Service> mapped = new ArrayList<>();
        Set<String> networks = new LinkedHashSet<>();
        Set<String> volumes = new LinkedHashSet<>();
        for (ComposeService service : project.services().values()) {
            List<String> hosts = placements.hosts(region, service);
            if (hosts.isEmpty()) {
                continue;
            }
            boolean everywhere = hosts.equals(placements.hosts(region));
            services.service(service, routes, everywhere ? List.of() : hosts).ifPresent(made -> {
                mapped.add(made);
                checkThatOthersAreThere(service, made, hosts);
            });
            networks.addAll(service.networking().networks().keySet());
            service.storage().volumes().stream()
                    .filter(volume -> volume.type() == ServiceVolume.Type.VOLUME)
                    .map(ServiceVolume::source)
                    .forEach(volumes::add);
        }
        List<NetworkSpec> used = project.networks().values().stream()
                .filter(network -> networks.contains(network.key()))
                .map(this::network)
                .toList();
        Neighbours neighbours = new Neighbours(mapped, used, routes);
        List<Service> knowing = mapped.stream()
                .map(service -> ServiceMapper.knowing(neighbours.of(service), service))
                .toList();
        return new Workload(
                project.name(),
                ReplacedTogether.of(project, knowing),
                used,
                project.volumes().values().stream()
                        .filter(volume -> volumes.contains(volume.key()))
                        .map(this::volume)
                        .toList(),
                binds.files(),
                binds.folders());
    }

    /** What a container has of another one it can only have on the same host. */
    private void checkThatOthersAreThere(ComposeService service, Service made, List<String> hosts) {
        Stream.concat(made.container().joins().stream(), made.container().mountsVolumesOf().stream())
                .distinct()
                .filter(name -> !project.service(name)
                        .map(other -> placements.hosts(region, other))
                        .orElse(List.of())
                        .containsAll(hosts))
                .forEach(name -> problems.error(
                        service.location(),
                        "services/" + service.name(),
                        "it shares namespaces or volumes of \"" + name + "\", which is not on every host that has it",
                        "give both the same placement.constraints"));
    }

    private NetworkSpec network(ComposeNetwork network) {
        return new NetworkSpec(
                network.engineName(project.name()),
                network.subnet(),
                network.internal(),
                network.external(),
                network.driverOpts(),
                network.labels(),
                network.design());
    }

    private VolumeSpec volume(ComposeVolume volume) {
        return new VolumeSpec(
                volume.engineName(project.name()),
                volume.driver().orElse(LOCAL_DRIVER),
                volume.driverOpts(),
                volume.labels(),
                volume.external());
    }
}
