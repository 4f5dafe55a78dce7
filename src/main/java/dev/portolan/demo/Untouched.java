package dev.portolan.demo;

import dev.portolan.deploy.App;
import dev.portolan.model.ContainerState;
import dev.portolan.model.Desired;
import dev.portolan.model.HostState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Remembers the containers of services that a deploy must not touch. */
final class Untouched {
    private final App app;
    private final Desired release;
    private final List<String> services;
    private final Set<String> before;

    private Untouched(App app, Desired release, List<String> services) {
        this.app = app;
        this.release = release;
        this.services = services;
        this.before = running();
    }

    static Untouched of(App app, Desired release, List<String> services) {
        return new Untouched(app, release, services);
    }

    /** What is not as it was, as a sentence. */
    Optional<String> problem() {
        Set<String> after = running();
        return after.equals(before)
                ? Optional.empty()
                : Optional.of("containers of " + services + " were touched: " + before + " became " + after);
    }

    private Set<String> running() {
        return app.observe(List.of(release)).hosts().values().stream()
                .flatMap(host -> switch (host) {
                    case HostState.Reachable reachable -> reachable.containers().stream();
                    case HostState.Unreachable unreachable -> java.util.stream.Stream.<ContainerState>empty();
                })
                .filter(container -> services.contains(container.service()) && container.running())
                .map(container -> container.name() + "=" + container.id())
                .collect(Collectors.toSet());
    }
}
