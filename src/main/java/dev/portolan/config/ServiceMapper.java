package dev.portolan.config;

import dev.portolan.compose.ComposeProject;
import dev.portolan.compose.ComposeService;
import dev.portolan.compose.Deploy;
import dev.portolan.compose.ServiceDependency;
import dev.portolan.compose.ServiceVolume;
import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerSpec.Neighbour;
import dev.portolan.model.Dependency;
import dev.portolan.model.Fingerprint;
import dev.portolan.model.Route;
import dev.portolan.model.Service;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** One Compose service of a region as the model has it. */
final class ServiceMapper {
    private static final int HASH_LENGTH = 12;

    private final ComposeProject project;
    private final ImageMapper images;
    private final ContainerMapper containers;
    private final ContainerNames names;
    private final Binds binds;
    private final Problems problems;

    ServiceMapper(
            ComposeProject project,
            ImageMapper images,
            ContainerMapper containers,
            ContainerNames names,
            Binds binds,
            Problems problems) {
        this.project = project;
        this.images = images;
        this.containers = containers;
        this.names = names;
        this.binds = binds;
        this.problems = problems;
    }

    /**
     * Empty when there is a problem.
     *
     * @param hosts those of the region that are to have it; empty for all of them
     */
    Optional<Service> service(ComposeService service, List<Route> routes, List<String> hosts) {
        boolean job = job(project, service.name());
        Set<ComposeService> mounted = withThoseItMounts(service, new LinkedHashSet<>());
        Update update = new UpdateReader(problems)
                .read(
                        service,
                        containers.ports(service, routes),
                        mounted.stream().anyMatch(other -> binds.writesData(other) || writesVolume(other)));
        return images.image(project, service).map(image -> {
            ContainerSpec container = containers.container(service, image, routes, job);
            return new Service(
                    service.name(),
                    hash(container),
                    container,
                    replicas(service),
                    update.order(),
                    service.dependsOn().entrySet().stream()
                            .map(entry -> dependency(entry.getKey(), entry.getValue()))
                            .toList(),
                    update.settle(),
                    job,
                    names.of(service),
                    hosts);
        });
    }

    /** Itself, and those whose volumes it has as well, also by way of others. */
    private Set<ComposeService> withThoseItMounts(ComposeService service, Set<ComposeService> found) {
        if (found.add(service)) {
            service.storage().volumesFrom().stream()
                    .map(written -> written.split(":", 2)[0])
                    .flatMap(name -> project.service(name).stream())
                    .forEach(other -> withThoseItMounts(other, found));
        }
        return found;
    }

    /** Two writers of a volume may spoil it; who knows better says {@code order: start-first}. */
    private static boolean writesVolume(ComposeService service) {
        return service.storage().volumes().stream()
                .anyMatch(volume -> volume.type() == ServiceVolume.Type.VOLUME
                        && !volume.source().isEmpty()
                        && !volume.readOnly());
    }

    /** The service with others that its containers know by heart: which ones is a part of what they are. */
    static Service knowing(List<Neighbour> neighbours, Service service) {
        if (neighbours.isEmpty()) {
            return service;
        }
        ContainerSpec container =
                service.container().with(service.container().networking().with(neighbours));
        return service.with(container, hash(container));
    }

    /** Each host is a node of its own. */
    private static int replicas(ComposeService service) {
        OptionalInt most = service.deploy()
                .map(deploy -> deploy.placement().maxReplicasPerNode())
                .orElse(OptionalInt.empty());
        return most.isPresent() && most.getAsInt() > 0
                ? Math.min(service.replicas(), most.getAsInt())
                : service.replicas();
    }

    private static String hash(ContainerSpec container) {
        return Fingerprint.of(CanonicalText.of(container)).substring(0, HASH_LENGTH);
    }

    /** Whether some service waits for the end of this one, or its mode is that of a job. */
    static boolean job(ComposeProject project, String name) {
        boolean said = project.service(name)
                .flatMap(ComposeService::deploy)
                .filter(Deploy::job)
                .isPresent();
        return said
                || project.services().values().stream()
                        .map(service -> service.dependsOn().get(name))
                        .anyMatch(dependency -> dependency != null
                                && dependency.condition()
                                        == ServiceDependency.Condition.SERVICE_COMPLETED_SUCCESSFULLY);
    }

    private static Dependency dependency(String name, ServiceDependency dependency) {
        return new Dependency(
                name,
                switch (dependency.condition()) {
                    case SERVICE_STARTED -> Dependency.Condition.STARTED;
                    case SERVICE_HEALTHY -> Dependency.Condition.HEALTHY;
                    case SERVICE_COMPLETED_SUCCESSFULLY -> Dependency.Condition.COMPLETED;
                });
    }
}
