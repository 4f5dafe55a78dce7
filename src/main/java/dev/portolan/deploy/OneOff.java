package dev.portolan.deploy;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.docker.ContainerEngine.Terminal;
import dev.portolan.fleet.Fleet.HostAccess;
import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerState;
import dev.portolan.model.HostId;
import dev.portolan.model.Labels;
import dev.portolan.model.Service;
import dev.portolan.model.UserError;
import dev.portolan.rollout.OneOffSpec;
import dev.portolan.rollout.OpenSecrets;
import dev.portolan.rollout.ReleaseCommandsLeft;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs a command in a fresh container of the release that serves, such as a console, and removes it afterwards. */
public final class OneOff {
    private static final String ROLE = "run";

    private final App app;

    public OneOff(App app) {
        this.app = app;
    }

    /**
     * Runs it on the first host of the region that has the service.
     *
     * @param region empty for the primary
     * @param started told the way to kill the container, before it starts
     * @return the command's own exit code
     */
    public int run(
            String service,
            Optional<String> region,
            List<String> command,
            Terminal terminal,
            Consumer<Runnable> started) {
        Containers containers = Containers.ofCommitted(app);
        String where = containers.region(region);
        Service wanted = containers.service(where, service);
        HostId on = containers.hosts(Optional.of(where)).stream()
                .filter(candidate -> wanted.isOn(candidate.name()))
                .findFirst()
                .orElseThrow();
        HostAccess host = app.fleet().on(on);
        ContainerEngine engine = host.engine();
        removeLeftOver(engine);
        ContainerSpec spec = OneOffSpec.attended(wanted.container(), command, terminal.tty())
                .besides(other -> containers.on(on).stream()
                        .filter(container -> container.service().equals(other) && container.running())
                        .findFirst()
                        .orElseThrow(() -> new UserError(
                                service + " shares namespaces or volumes of " + other + ", of which none runs on " + on,
                                "see what runs: portolan status"))
                        .id());
        String name = app.name() + "-" + where + "-" + service + "-run-"
                + app.identity().unique().get().substring(0, 8);
        create(name, spec, host);
        try {
            started.accept(() -> engine.signal(name, "KILL"));
            return engine.runAttached(name, terminal);
        } finally {
            engine.remove(name);
        }
    }

    private void create(String name, ContainerSpec spec, HostAccess host) {
        try {
            host.engine()
                    .create(
                            name,
                            OpenSecrets.in(host.placed(spec), app.contents()),
                            Map.of(Labels.ROLE, ROLE, Labels.RUN_OF, app.name()),
                            Optional.empty(),
                            spec.storage().files().stream()
                                    .map(app.contents()::contentOf)
                                    .toList());
        } catch (UserError failed) {
            throw OpenSecrets.hidden(failed, app.contents());
        }
    }

    /** Removes every one-off container of the app, also those that run: their networks are about to go. */
    static void removeAll(ContainerEngine engine, String app) {
        for (String role : List.of(ROLE, ReleaseCommandsLeft.ROLE)) {
            engine.containers(Map.of(Labels.ROLE, role, Labels.RUN_OF, app))
                    .forEach(container -> engine.remove(container.name()));
        }
    }

    /** What commands that were killed could not remove themselves. */
    private void removeLeftOver(ContainerEngine engine) {
        try {
            engine.containers(Map.of(Labels.ROLE, ROLE, Labels.RUN_OF, app.name())).stream()
                    .filter(container -> container.status() == ContainerState.Status.EXITED)
                    .forEach(container -> engine.remove(container.name()));
        } catch (UserError untidy) {
            // it does not keep the new one from running
        }
    }
}
