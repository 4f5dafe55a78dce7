package dev.portolan.config;

import dev.portolan.compose.ComposeProject;
import dev.portolan.compose.ComposeService;
import dev.portolan.compose.ServiceDependency;
import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerSpec.Neighbour;
import dev.portolan.model.Dependency;
import dev.portolan.model.Fingerprint;
import dev.portolan.model.Route;
import dev.portolan.model.Service;
import java.util.List;
import java.util.Optional;

/** One Compose service of a region as the model has it. */
final class ServiceMapper {
    private static final int HASH_LENGTH = 12;

    private final ComposeProject project;
    private final ImageMapper images;
    private final ContainerMapper containers;
    private final Binds binds;
    private final Problems problems;

    ServiceMapper(
            ComposeProject project, ImageMapper images, ContainerMapper containers, Binds binds, Problems problems) {
        this.project = project;
        this.images = images;
        this.containers = containers;
        this.binds = binds;
        this.problems = problems;
    }

    /** Empty when there is a problem. */
    Optional<Service> service(ComposeService service, List<Route> routes) {
        Optional<Route> route = routes.stream()
                .filter(found -> found.service().equals(service.name()))
                .findFirst();
        boolean job = job(project, service.name());
        Update update =
                new UpdateReader(problems).read(service, containers.ports(service, route), binds.writesData(service));
        return images.image(service).map(image -> {
            ContainerSpec container = containers.container(service, image, route, job);
            return new Service(
                    service.name(),
                    hash(container),
                    container,
                    service.replicas(),
                    update.order(),
                    service.dependsOn().entrySet().stream()
                            .map(entry -> dependency(service, entry.getKey(), entry.getValue()))
                            .toList(),
                    update.settle(),
                    job);
        });
    }

    /** The service with others that its containers know by heart: which ones is a part of what they are. */
    static Service knowing(List<Neighbour> neighbours, Service service) {
        if (neighbours.isEmpty()) {
            return service;
        }
        ContainerSpec container =
                service.container().with(service.container().networking().with(neighbours));
        return new Service(
                service.name(),
                hash(container),
                container,
                service.replicas(),
                service.order(),
                service.dependencies(),
                service.settle(),
                service.job());
    }

    private static String hash(ContainerSpec container) {
        return Fingerprint.of(CanonicalText.of(container)).substring(0, HASH_LENGTH);
    }

    /** Whether some service waits for the end of this one. */
    static boolean job(ComposeProject project, String name) {
        return project.services().values().stream()
                .map(service -> service.dependsOn().get(name))
                .anyMatch(dependency -> dependency != null
                        && dependency.condition() == ServiceDependency.Condition.SERVICE_COMPLETED_SUCCESSFULLY);
    }

    private Dependency dependency(ComposeService service, String name, ServiceDependency dependency) {
        if (dependency.restart()) {
            problems.error(
                    dependency.location(),
                    "services/" + service.name() + "/depends_on/" + name + "/restart",
                    "not supported by this version yet",
                    "remove it; services are replaced when they change themselves");
        }
        return new Dependency(
                name,
                switch (dependency.condition()) {
                    case SERVICE_STARTED -> Dependency.Condition.STARTED;
                    case SERVICE_HEALTHY -> Dependency.Condition.HEALTHY;
                    case SERVICE_COMPLETED_SUCCESSFULLY -> Dependency.Condition.COMPLETED;
                });
    }
}
