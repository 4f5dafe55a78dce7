package dev.portolan.rollout;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.fleet.Fleet;
import dev.portolan.model.ContainerState;
import dev.portolan.model.Desired;
import dev.portolan.model.HostId;
import dev.portolan.model.Labels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The containers of release commands whose command lines could not end or remove them. */
public final class ReleaseCommandsLeft {
    /** What {@link Labels#ROLE} says of such a container. */
    public static final String ROLE = "release";

    private static final String STOPPED = "-stopped";
    private static final Duration USUAL_GRACE = Duration.ofSeconds(10);

    private final String app;
    private final Fleet fleet;

    public ReleaseCommandsLeft(String app, Fleet fleet) {
        this.app = app;
        this.fleet = fleet;
    }

    /** Ends and removes all that rollouts of these releases have left. Asks nobody when none of them has a command. */
    public void clear(List<Desired> releases) {
        releases.stream()
                .filter(release -> release.releaseCommand().isPresent())
                .map(release -> release.keeper().id())
                .distinct()
                .forEach(host -> end(host, graceOf(releases), container -> true));
    }

    /** @param grace for the end of one that runs */
    void end(HostId host, Duration grace, Predicate<ContainerState> which) {
        ContainerEngine engine = fleet.on(host).engine();
        engine.containers(Map.of(Labels.ROLE, ROLE, Labels.RUN_OF, app)).stream()
                .filter(which)
                .forEach(container -> end(engine, container, grace));
    }

    /** One that ends with 0 when it is told to stop has not done its work: it has another name by then, so that nobody thinks so. */
    static void end(ContainerEngine engine, ContainerState container, Duration grace) {
        String name = container.name();
        if (container.running()) {
            if (!name.endsWith(STOPPED)) {
                name += STOPPED;
                engine.remove(name);
                engine.rename(container.id(), name);
            }
            engine.stop(name, grace);
        }
        engine.remove(name);
    }

    private static Duration graceOf(List<Desired> releases) {
        return releases.stream()
                .flatMap(release -> release.releaseCommand().stream()
                        .flatMap(command -> release.workload(release.primary()).service(command.service()).stream()))
                .map(service -> service.container().process().stopGrace())
                .max(Duration::compareTo)
                .orElse(USUAL_GRACE);
    }
}
