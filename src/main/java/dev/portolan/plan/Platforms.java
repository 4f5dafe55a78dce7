package dev.portolan.plan;

import dev.portolan.model.Desired;
import dev.portolan.model.HostId;
import dev.portolan.model.HostState;
import dev.portolan.model.ImageSource;
import dev.portolan.model.Observed;
import dev.portolan.model.Observed.Home;
import dev.portolan.model.Platform;
import dev.portolan.model.Service;
import dev.portolan.model.UserError;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Images that are for another processor than the host that is to run them. The engine that builds runs what its owner has prepared it
 * for; of other hosts no emulation is assumed.
 */
final class Platforms {

    private Platforms() {}

    /** @throws UserError naming every image that a host lacks and cannot run */
    static void require(Desired desired, Observed observed) {
        Home home = observed.home().orElse(new Home("", Map.of()));
        Set<String> unmet = new LinkedHashSet<>();
        Set<String> platforms = new TreeSet<>();
        desired.regions()
                .forEach(region -> region.hosts().forEach(host -> {
                    if (observed.hosts().get(host.id()) instanceof HostState.Reachable state
                            && observed.home().isPresent()
                            && !state.engine().equals(home.engine())) {
                        for (Service service : desired.workload(host.id()).services()) {
                            unfit(service, host.id(), state, home).ifPresent(text -> {
                                unmet.add(text);
                                platforms.add("platform: " + state.platform());
                            });
                        }
                    }
                }));
        if (!unmet.isEmpty()) {
            throw new UserError(
                    String.join("; ", unmet),
                    "nothing was changed; give the service the platform of its hosts (" + String.join(", ", platforms)
                            + "), so that the image is built or fetched for it, or run it in other regions");
        }
    }

    private static Optional<String> unfit(Service service, HostId host, HostState.Reachable state, Home home) {
        ImageSource image = service.container().image();
        return state.images().contains(image)
                ? Optional.empty()
                : Optional.ofNullable(home.images().get(image))
                        .or(() -> image.platform().map(Platform::parse))
                        .filter(made -> !state.platform().runs(made))
                        .map(made -> "the image " + image.reference() + " of service " + service.name() + " is for "
                                + made + ", but host " + host + " is " + state.platform());
    }
}
