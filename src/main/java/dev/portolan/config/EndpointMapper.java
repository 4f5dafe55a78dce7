package dev.portolan.config;

import dev.portolan.compose.ComposeService;
import dev.portolan.compose.ServiceNetwork;
import dev.portolan.model.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a service meets the first of its networks: there {@code mac_address} of the service counts too. */
final class EndpointMapper {

    private EndpointMapper() {}

    static Optional<Endpoint> first(ComposeService service, ServiceNetwork network, Problems problems) {
        String mac = service.networking().macAddress().orElse("");
        Endpoint asked = network.endpoint().orElse(new Endpoint("", "", List.of(), "", Map.of(), 0, ""));
        if (mac.isEmpty()) {
            return network.endpoint();
        }
        if (!asked.mac().isEmpty() && !asked.mac().equals(mac)) {
            problems.error(
                    service.location("mac_address"),
                    "services/" + service.name() + "/mac_address",
                    "differs from the mac_address of the service's first network at " + network.location(),
                    "keep one of the two");
        }
        return Optional.of(new Endpoint(
                asked.address(),
                asked.address6(),
                asked.linkLocal(),
                mac,
                asked.driverOptions(),
                asked.gatewayPriority(),
                asked.interfaceName()));
    }

    /** An address is one container's. */
    static void checkReplicas(ComposeService service, Problems problems) {
        if (service.replicas() < 2) {
            return;
        }
        service.networking()
                .networks()
                .forEach((name, network) -> network.endpoint()
                        .filter(asked -> !(asked.address() + asked.address6() + asked.mac()).isEmpty())
                        .ifPresent(asked -> problems.error(
                                network.location(),
                                "services/" + service.name() + "/networks/" + name,
                                service.replicas() + " replicas cannot all have the same address",
                                "remove it, and let others find them by the name \"" + service.name() + "\"")));
    }
}
