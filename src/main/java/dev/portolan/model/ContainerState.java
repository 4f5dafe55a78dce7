package dev.portolan.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A container of the app as its engine reports it.
 *
 * @param id the engine's id
 * @param name without the leading slash
 * @param service of which it is a replica
 * @param replica 1 or more
 * @param configHash of the {@link Service} it was made from
 * @param release that made it
 * @param address its IPv4 address by network name; no entry while it does not run unless the address is fixed;
 *     on the network {@code host} that of the host's loopback
 * @param neighbours the addresses that it knows by heart, by service
 * @param joined the ids of the containers whose namespaces it shares, by service
 * @param volumesFrom the ids of the containers whose volumes it mounts, by service
 */
public record ContainerState(
        String id,
        String name,
        String service,
        int replica,
        String configHash,
        ReleaseId release,
        Status status,
        Health health,
        Optional<Integer> exitCode,
        Map<String, String> address,
        Map<String, String> neighbours,
        Map<String, String> joined,
        Map<String, String> volumesFrom,
        Instant created) {

    /** One with all namespaces and volumes to itself. */
    public ContainerState(
            String id,
            String name,
            String service,
            int replica,
            String configHash,
            ReleaseId release,
            Status status,
            Health health,
            Optional<Integer> exitCode,
            Map<String, String> address,
            Map<String, String> neighbours,
            Instant created) {
        this(
                id,
                name,
                service,
                replica,
                configHash,
                release,
                status,
                health,
                exitCode,
                address,
                neighbours,
                Map.of(),
                Map.of(),
                created);
    }

    public enum Status {
        CREATED,
        RUNNING,
        PAUSED,
        RESTARTING,
        EXITED,
        DEAD
    }

    public enum Health {
        /** The container has no health check. */
        NONE,
        STARTING,
        HEALTHY,
        UNHEALTHY
    }

    public boolean running() {
        return status == Status.RUNNING;
    }
}
