package dev.portolan.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One Compose service as it is to run in one region.
 *
 * @param name the Compose name
 * @param hash identifies what its containers are: the first twelve hexadecimal digits of the SHA-256 of {@code container}, and of
 *     the hashes of the services with which it is replaced together.
 *     Two containers with the same hash are interchangeable; the number of replicas is not part of it
 * @param container what each replica is
 * @param replicas how many on each host, 0 or more
 * @param order how a container is replaced
 * @param dependencies other services of the app, in the order of the file
 * @param settle how long a container without a health check must run before it counts as healthy
 * @param job whether it runs to its end once per release: somebody depends on its completion, or its mode says so
 * @param containerName what its only container is called once its release is committed; empty for a name of Portolan's own
 * @param hosts the names of those hosts of the region that have it; empty when all of them do
 */
public record Service(
        String name,
        String hash,
        ContainerSpec container,
        int replicas,
        UpdateOrder order,
        List<Dependency> dependencies,
        Duration settle,
        boolean job,
        Optional<String> containerName,
        List<String> hosts) {

    public Service {
        dependencies = List.copyOf(dependencies);
        hosts = List.copyOf(hosts);
    }

    /** Whether a host of its region has it. */
    public boolean isOn(String host) {
        return hosts.isEmpty() || hosts.contains(host);
    }

    /** Whether a container that has ended with 0 has done its work: nobody asks for it to be restarted then. */
    public boolean mayEnd() {
        return switch (container.restart().mode()) {
            case NO, ON_FAILURE -> true;
            case ALWAYS, UNLESS_STOPPED -> false;
        };
    }

    /** The same, replaced otherwise. */
    public Service replaced(UpdateOrder other) {
        return new Service(name, hash, container, replicas, other, dependencies, settle, job, containerName, hosts);
    }

    /** The same by another hash. */
    public Service made(String otherHash) {
        return with(container, otherHash);
    }

    /** The same with other containers. */
    public Service with(ContainerSpec otherContainer, String otherHash) {
        return new Service(
                name, otherHash, otherContainer, replicas, order, dependencies, settle, job, containerName, hosts);
    }

    /** With containers that Portolan names, on all hosts. */
    public Service(
            String name,
            String hash,
            ContainerSpec container,
            int replicas,
            UpdateOrder order,
            List<Dependency> dependencies,
            Duration settle,
            boolean job) {
        this(name, hash, container, replicas, order, dependencies, settle, job, Optional.empty(), List.of());
    }
}
