package dev.portolan.plan;

import dev.portolan.model.Dependency;
import dev.portolan.model.RolloutSettings;
import dev.portolan.model.Route;
import dev.portolan.model.Service;
import dev.portolan.model.Workload;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says before anything happens that readers will find nobody for a while: why, how long, and what to do about it. */
final class Gap {

    private Gap() {}

    /** The route by which readers reach a service, or one that needs it: one of HTTP if there is one, whose readers notice most. */
    static Optional<Route> readBy(Service service, Workload workload, List<Route> routes) {
        Set<String> needing = new LinkedHashSet<>(List.of(service.name()));
        boolean grown = true;
        while (grown) {
            grown = workload.services().stream()
                    .filter(other -> other.dependencies().stream()
                            .map(Dependency::service)
                            .anyMatch(needing::contains))
                    .map(other -> needing.add(other.name()))
                    .reduce(false, Boolean::logicalOr);
        }
        return needing.stream()
                .flatMap(name -> routes.stream().filter(route -> route.service().equals(name)))
                .min(Comparator.comparing(route -> route instanceof Route.Tcp));
    }

    /**
     * The warning.
     *
     * @param service that is replaced stop-first, or must be
     * @param routed by which readers reach the service itself, or one that needs it
     */
    static String text(String region, Service service, Route routed, RolloutSettings rollout) {
        boolean itself = service.name().equals(routed.service());
        Duration longest = service.container().process().stopGrace().plus(rollout.healthy());
        String meanwhile = switch (routed) {
            case Route.Http http -> "requests will fail";
            case Route.Tcp tcp -> "new connections will wait, and open ones end,";
        };
        return "region " + region + ": " + service.name()
                + (itself ? "" : ", which " + routed.service() + " depends on,") + " is replaced stop-first"
                + reason(service) + ", and no other region can take its readers meanwhile: " + meanwhile
                + " from the end of the old container until the new one is healthy, at most " + StepText.of(longest)
                + "; add a second region that takes them, or " + remedy(service);
    }

    private static String reason(Service service) {
        Claims claims = Claims.of(service.container());
        if (!claims.ports().isEmpty()) {
            return " since it has the port " + claims.ports().getFirst().hostPort() + " of the host";
        }
        if (service.container().networking().mode().filter("host"::equals).isPresent()) {
            return " since it uses the ports of the host";
        }
        return claims.volumes().stream()
                .sorted()
                .findFirst()
                .map(volume -> " since it writes to the volume " + volume)
                .orElse("");
    }

    private static String remedy(Service service) {
        boolean takesPorts = !Claims.of(service.container()).ports().isEmpty();
        if (takesPorts) {
            return "remove that port, or give it a route";
        }
        return service.container().networking().mode().filter("host"::equals).isPresent()
                ? "put it on a network of its own"
                : "set deploy.update_config.order: start-first if the service can run twice";
    }
}
