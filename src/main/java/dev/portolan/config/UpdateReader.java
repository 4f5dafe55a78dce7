package dev.portolan.config;

import dev.portolan.compose.ComposeService;
import dev.portolan.compose.Deploy;
import dev.portolan.model.ContainerSpec.PublishedPort;
import dev.portolan.model.SourceLocation;
import dev.portolan.model.UpdateOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code deploy.update_config} asks for, as far as Portolan does it; where it says nothing, what is safe. */
final class UpdateReader {
    /** How long a container without a health check must run before it counts as healthy. */
    static final Duration DEFAULT_SETTLE = Duration.ofSeconds(1);

    private final Problems problems;

    UpdateReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * @param ports that the containers publish, without the routed one
     * @param writesData whether they may write to a folder of the project or a named volume
     */
    Update read(ComposeService service, List<PublishedPort> ports, boolean writesData) {
        Optional<Deploy.UpdateConfig> config = service.deploy().flatMap(Deploy::updateConfig);
        config.ifPresent(found -> check(service, found));
        Optional<Deploy.Order> order = config.flatMap(Deploy.UpdateConfig::order);
        Optional<String> taken = takesFromHost(service, ports);
        if (order.equals(Optional.of(Deploy.Order.START_FIRST)) && taken.isPresent()) {
            problems.error(
                    place(service),
                    path(service, "order"),
                    "start-first cannot be: the service " + taken.get() + ", which the old container still has",
                    "write \"order: stop-first\"");
        }
        UpdateOrder safe = taken.isPresent() || writesData ? UpdateOrder.STOP_FIRST : UpdateOrder.START_FIRST;
        return new Update(
                order.map(word -> switch (word) {
                            case START_FIRST -> UpdateOrder.START_FIRST;
                            case STOP_FIRST -> UpdateOrder.STOP_FIRST;
                        })
                        .orElse(safe),
                config.flatMap(Deploy.UpdateConfig::monitor).orElse(DEFAULT_SETTLE));
    }

    /** What of the host only one container can have. */
    private static Optional<String> takesFromHost(ComposeService service, List<PublishedPort> ports) {
        return ports.stream()
                .filter(PublishedPort::exclusive)
                .findFirst()
                .map(published -> "publishes the port " + published.hostPort())
                .or(() -> service.networking()
                        .networkMode()
                        .filter("host"::equals)
                        .map(mode -> "uses the ports of the host"))
                .or(() -> service.networking().networks().values().stream()
                        .flatMap(network -> network.endpoint().stream())
                        .flatMap(endpoint -> Stream.of(endpoint.address(), endpoint.address6(), endpoint.mac()))
                        .filter(address -> !address.isEmpty())
                        .findFirst()
                        .or(() -> service.networking().macAddress())
                        .map(address -> "has the address " + address));
    }

    private void check(ComposeService service, Deploy.UpdateConfig config) {
        long parallelism = config.parallelism().orElse(0);
        if (parallelism > 0 && parallelism < service.replicas()) {
            problems.error(
                    place(service),
                    path(service, "parallelism"),
                    "replacing " + parallelism + " of " + service.replicas()
                            + " containers at a time is not supported by this version yet",
                    "remove it; all new containers of a host are healthy before the first old one leaves");
        }
        config.failureAction()
                .filter(action -> !action.equals("rollback"))
                .ifPresent(action -> problems.error(
                        place(service),
                        path(service, "failure_action"),
                        "\"" + action + "\" is not what Portolan does: after a failure every region goes back",
                        "write \"failure_action: rollback\", or remove it"));
        if (config.maxFailureRatio() > 0) {
            problems.error(
                    place(service),
                    path(service, "max_failure_ratio"),
                    "a release with containers that failed is not accepted",
                    "remove it");
        }
    }

    private static SourceLocation place(ComposeService service) {
        return service.deploy().map(Deploy::location).orElse(service.location());
    }

    private static String path(ComposeService service, String key) {
        return "services/" + service.name() + "/deploy/update_config/" + key;
    }
}
