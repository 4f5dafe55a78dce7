package dev.portolan.config;

import dev.portolan.compose.ComposeProject;
import dev.portolan.compose.ServiceDependency;
import dev.portolan.model.Fingerprint;
import dev.portolan.model.Service;
import dev.portolan.model.UpdateOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code depends_on.restart: true}: when the other service is replaced, so is this one, after it. The other's hash is a part of
 * this one's, so the two change together, also over several steps. So it is with {@code network_mode: service:vpn} and its
 * like, which imply it, and with {@code volumes_from}, since the next container of the other service has other volumes without a name.
 * The service whose namespaces others share is replaced stop-first: they end with it.
 */
final class ReplacedTogether {
    private final ComposeProject project;
    private final Map<String, Service> plain = new HashMap<>();
    private final Map<String, String> hashes = new HashMap<>();

    private ReplacedTogether(ComposeProject project, List<Service> services) {
        this.project = project;
        services.forEach(service -> plain.put(service.name(), service));
    }

    /** The services in their order, each with the hash that it has by those it follows. */
    static List<Service> of(ComposeProject project, List<Service> services) {
        ReplacedTogether together = new ReplacedTogether(project, services);
        Set<String> joined = services.stream()
                .flatMap(service -> service.container().joins().stream())
                .collect(Collectors.toSet());
        return services.stream()
                .map(service -> service.made(together.hash(service)))
                .map(service -> joined.contains(service.name()) ? service.replaced(UpdateOrder.STOP_FIRST) : service)
                .toList();
    }

    private String hash(Service service) {
        String known = hashes.get(service.name());
        if (known != null) {
            return known;
        }
        Map<String, String> followed = new TreeMap<>();
        Set<String> together = service.container().mountsVolumesOf();
        project.service(service.name()).stream()
                .flatMap(written -> written.dependsOn().entrySet().stream())
                .filter(dependency -> dependency.getValue().restart())
                .map(Map.Entry<String, ServiceDependency>::getKey)
                .forEach(together::add);
        together.stream()
                .filter(plain::containsKey)
                .forEach(name -> followed.put(name, hash(plain.getOrDefault(name, service))));
        String hash = followed.isEmpty()
                ? service.hash()
                : Fingerprint.of(service.hash() + followed)
                        .substring(0, service.hash().length());
        hashes.put(service.name(), hash);
        return hash;
    }
}
