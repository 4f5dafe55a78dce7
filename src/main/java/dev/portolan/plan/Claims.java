package dev.portolan.plan;

import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerSpec.Mount;
import dev.portolan.model.ContainerSpec.PublishedPort;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a container takes of its host that only one can have at a time.
 *
 * @param ports of the host
 * @param volumes that it writes to, by their names
 */
record Claims(List<PublishedPort> ports, Set<String> volumes) {
    private static final Set<String> EVERY_ADDRESS = Set.of("", "0.0.0.0", "::");

    static Claims of(ContainerSpec container) {
        return new Claims(
                container.networking().ports().stream()
                        .filter(port -> port.hostPort() > 0)
                        .toList(),
                container.storage().mounts().stream()
                        .filter(mount -> mount.kind() == Mount.Kind.VOLUME
                                && !mount.readOnly()
                                && !mount.source().isEmpty())
                        .map(Mount::source)
                        .collect(Collectors.toSet()));
    }

    /** Whether both want the same port. */
    boolean sharesPort(Claims other) {
        return ports.stream().anyMatch(port -> other.ports.stream().anyMatch(taken -> clash(port, taken)));
    }

    boolean sharesVolume(Claims other) {
        return volumes.stream().anyMatch(other.volumes::contains);
    }

    private static boolean clash(PublishedPort one, PublishedPort other) {
        return one.hostPort() == other.hostPort()
                && one.protocol().equals(other.protocol())
                && (one.address().equals(other.address())
                        || EVERY_ADDRESS.contains(one.address())
                        || EVERY_ADDRESS.contains(other.address()));
    }
}
