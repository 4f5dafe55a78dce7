package dev.portolan.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command that is run in a container when it has started, or before it is stopped.
 *
 * @param user that it runs as, if not the container's
 * @param privileged whether it has all rights, whatever the container has
 * @param workingDirectory if not the container's
 * @param environment added to the container's
 * @param unset variables of the container that it does not get
 */
public record Hook(
        List<String> command,
        Optional<String> user,
        boolean privileged,
        Optional<String> workingDirectory,
        Map<String, String> environment,
        List<String> unset) {

    public Hook {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        unset = List.copyOf(unset);
    }

    /** As the container runs its own processes. */
    public Hook(List<String> command) {
        this(command, Optional.empty(), false, Optional.empty(), Map.of(), List.of());
    }
}
