package dev.portolan.observe;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.docker.ContainerEngine.EngineInfo;
import dev.portolan.docker.ImageStore.Stored;
import dev.portolan.fleet.Fleet;
import dev.portolan.fleet.TaskRunner;
import dev.portolan.model.Desired;
import dev.portolan.model.HostState;
import dev.portolan.model.ImageSource;
import dev.portolan.model.Observed.Home;
import dev.portolan.model.Platform;
import dev.portolan.model.Service;
import dev.portolan.model.UserError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the engine that builds for hosts with engines of their own. */
final class HomeObserver {
    private final Fleet fleet;
    private final TaskRunner runner;

    HomeObserver(Fleet fleet, TaskRunner runner) {
        this.fleet = fleet;
        this.runner = runner;
    }

    /** The engine that builds is of interest only where a host has another one. */
    Optional<Home> observe(List<Desired> releases, List<HostState> states) {
        try {
            return fleet.home().flatMap(engine -> {
                EngineInfo info = engine.info();
                boolean travels = states.stream()
                        .anyMatch(state -> state instanceof HostState.Reachable host
                                && !host.engine().equals(info.id()));
                return travels
                        ? Optional.of(new Home(info.id(), travelling(engine, info, releases)))
                        : Optional.empty();
            });
        } catch (UserError unreachable) {
            return Optional.empty(); // what needs it says so when it is needed
        }
    }

    private Map<ImageSource, Platform> travelling(ContainerEngine engine, EngineInfo info, List<Desired> releases) {
        List<ImageSource> images = releases.stream()
                .flatMap(release -> release.workloads().values().stream())
                .flatMap(workload -> workload.services().stream())
                .map((Service service) -> service.container().image())
                .distinct()
                .toList();
        List<Optional<Platform>> found = runner.map(images, image -> platformAtHome(image, engine, info));
        Map<ImageSource, Platform> platforms = new HashMap<>();
        for (int index = 0; index < images.size(); index++) {
            ImageSource image = images.get(index);
            found.get(index).ifPresent(platform -> platforms.put(image, platform));
        }
        return platforms;
    }

    /** Empty for an image of a registry, which has it for every platform as far as we know. */
    private static Optional<Platform> platformAtHome(ImageSource image, ContainerEngine engine, EngineInfo info) {
        Optional<Stored> stored = engine.store().find(image).filter(found -> !found.ofRegistry());
        return switch (image) {
            case ImageSource.Pulled _ -> stored.map(Stored::platform);
            case ImageSource.Built built ->
                stored.map(Stored::platform)
                        .or(() -> built.platform().map(Platform::parse))
                        .or(() -> Optional.of(Platform.ofMachine(info.architecture())));
        };
    }
}
