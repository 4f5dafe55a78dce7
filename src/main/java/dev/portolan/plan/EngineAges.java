package dev.portolan.plan;

import dev.portolan.model.Desired;
import dev.portolan.model.EngineNeed;
import dev.portolan.model.HostState;
import dev.portolan.model.Observed;
import dev.portolan.model.UserError;
import java.util.LinkedHashSet;
import java.util.Set;

/** Hosts whose engines are too old for a key that a service uses. */
final class EngineAges {

    private EngineAges() {}

    /** @throws UserError naming every service and key that any host's engine is too old for */
    static void require(Desired desired, Observed observed) {
        Set<String> unmet = new LinkedHashSet<>();
        desired.regions()
                .forEach(region -> region.hosts().forEach(host -> {
                    if (observed.hosts().get(host.id()) instanceof HostState.Reachable state) {
                        desired.workload(host.id())
                                .services()
                                .forEach(service -> EngineNeed.of(service.container()).stream()
                                        .filter(need -> !need.isMetBy(state.engineApi()))
                                        .map(need -> service.name() + " on " + host.id() + ": " + need)
                                        .forEach(unmet::add));
                    }
                }));
        if (!unmet.isEmpty()) {
            throw new UserError(
                    "the container engine is too old: " + String.join(", ", unmet),
                    "nothing was changed; update Docker Engine there, or remove the key");
        }
    }
}
