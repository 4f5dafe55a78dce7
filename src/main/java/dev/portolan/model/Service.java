package dev.portolan.model;

import java.time.Duration;
import java.util.List;

/**
 * One Compose service as it is to run in one region.
 *
 * @param name the Compose name
 * @param hash identifies what its containers are: the first twelve hexadecimal digits of the SHA-256 of {@code container}.
 *     Two containers with the same hash are interchangeable; the number of replicas is not part of it
 * @param container what each replica is
 * @param replicas how many on each host, 0 or more
 * @param order how a container is replaced
 * @param dependencies other services of the app, in the order of the file
 * @param settle how long a container without a health check must run before it counts as healthy
 * @param job whether it runs to its end once per release (somebody depends on its completion)
 */
public record Service(
        String name,
        String hash,
        ContainerSpec container,
        int replicas,
        UpdateOrder order,
        List<Dependency> dependencies,
        Duration settle,
        boolean job) {

    public Service {
        dependencies = List.copyOf(dependencies);
    }
}
