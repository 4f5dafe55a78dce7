package dev.portolan.deploy;

import dev.portolan.docker.ContainerEngine.Terminal;
import dev.portolan.model.ContainerState;
import dev.portolan.model.ContainerState.Health;
import dev.portolan.model.HostId;
import dev.portolan.model.Service;
import dev.portolan.model.UserError;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Runs a command in a container of the release that serves. */
public final class Exec {
    private final App app;

    public Exec(App app) {
        this.app = app;
    }

    /**
     * Runs it in the first healthy replica.
     *
     * @param region empty for the primary
     * @return the command's own exit code
     */
    public int exec(String service, Optional<String> region, List<String> command, Terminal terminal) {
        Containers containers = Containers.ofCommitted(app);
        String where = containers.region(region);
        Service wanted = containers.service(where, service);
        for (HostId host : containers.hosts(Optional.of(where))) {
            Optional<ContainerState> container = containers.on(host).stream()
                    .filter(ContainerState::running)
                    .filter(state -> state.service().equals(service)
                            && state.configHash().equals(wanted.hash()))
                    .min(Comparator.comparing((ContainerState state) -> state.health() == Health.UNHEALTHY)
                            .thenComparingInt(ContainerState::replica));
            if (container.isPresent()) {
                return app.fleet().on(host).engine().exec(container.get().name(), command, terminal);
            }
        }
        throw new UserError(
                "no container of " + service + " runs in " + where,
                "bring it back with: portolan deploy; or use a fresh one: portolan run " + service + " "
                        + String.join(" ", command));
    }
}
