package dev.portolan.plan;

import dev.portolan.model.RolloutSettings;
import dev.portolan.model.Service;
import java.time.Duration;

/** Says before anything happens that readers will find nobody for a while: why, how long, and what to do about it. */
final class Gap {

    private Gap() {}

    /**
     * The warning.
     *
     * @param service that is replaced stop-first, or must be
     * @param routed that readers reach: the service itself, or one that needs it
     */
    static String text(String region, Service service, String routed, RolloutSettings rollout) {
        boolean itself = service.name().equals(routed);
        Duration longest = service.container().process().stopGrace().plus(rollout.healthy());
        return "region " + region + ": " + service.name() + (itself ? "" : ", which " + routed + " depends on,")
                + " is replaced stop-first" + reason(service)
                + ", and no other region can take its readers meanwhile: requests will fail from the end of the old"
                + " container until the new one is healthy, at most " + StepText.of(longest)
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
