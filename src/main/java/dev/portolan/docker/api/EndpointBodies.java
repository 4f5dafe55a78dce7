package dev.portolan.docker.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portolan.model.ContainerSpec.NetworkAttachment;
import dev.portolan.model.ContainerSpec.Networking;
import dev.portolan.model.Endpoint;
import dev.portolan.model.Naming;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where a container meets its networks, in the engine's words. */
final class EndpointBodies {
    /** Since then an engine takes all networks of a container at once, and their hardware addresses. */
    static final ApiVersion SEVERAL = new ApiVersion(1, 44);

    private static final String INTERFACE = "com.docker.network.endpoint.ifname";

    private EndpointBodies() {}

    /** @param address on the first network, in place of the one that the app asks for */
    static void into(ObjectNode body, Networking networking, Optional<String> address, ApiVersion version) {
        if (networking.mode().isPresent() || networking.attachments().isEmpty()) {
            networking
                    .naming()
                    .filter(naming -> version.compareTo(SEVERAL) < 0)
                    .ifPresent(naming -> ContainerBody.text(body, "MacAddress", naming.mac()));
            return;
        }
        NetworkAttachment first = networking.attachments().getFirst();
        ObjectNode endpoints = body.putObject("NetworkingConfig").putObject("EndpointsConfig");
        ObjectNode main = endpoint(networking, first, address);
        endpoints.set(first.network(), main);
        if (version.compareTo(SEVERAL) < 0) {
            // An older engine knows only one hardware address, that of the container.
            Optional.ofNullable(main.remove("MacAddress")).ifPresent(mac -> body.set("MacAddress", mac));
        } else {
            networking.attachments().stream()
                    .skip(1)
                    .forEach(other -> endpoints.set(other.network(), endpoint(networking, other, Optional.empty())));
        }
    }

    /** Those that the container is yet to be attached to once it is made. */
    static List<NetworkAttachment> later(Networking networking, ApiVersion version) {
        return networking.mode().isPresent() || version.compareTo(SEVERAL) >= 0
                ? List.of()
                : networking.attachments().stream().skip(1).toList();
    }

    static ObjectNode endpoint(Networking networking, NetworkAttachment attachment, Optional<String> address) {
        ObjectNode endpoint = JsonNodeFactory.instance.objectNode();
        ContainerBody.strings(endpoint.putArray("Aliases"), attachment.aliases());
        List<String> links = networking.naming().map(Naming::links).orElse(List.of());
        ContainerBody.texts(endpoint, "Links", links);
        ObjectNode addresses = JsonNodeFactory.instance.objectNode();
        Optional<Endpoint> asked = attachment.endpoint();
        String fixed = address.or(() -> asked.map(Endpoint::address)).orElse("");
        ContainerBody.text(addresses, "IPv4Address", fixed);
        asked.ifPresent(wanted -> {
            ContainerBody.text(endpoint, "IPAddress", wanted.address());
            ContainerBody.text(addresses, "IPv6Address", wanted.address6());
            ContainerBody.texts(addresses, "LinkLocalIPs", wanted.linkLocal());
            ContainerBody.text(endpoint, "MacAddress", wanted.mac());
            ContainerBody.texts(endpoint, "DriverOpts", driverOptions(wanted));
            ContainerBody.number(endpoint, "GwPriority", wanted.gatewayPriority());
        });
        if (!addresses.isEmpty()) {
            endpoint.set("IPAMConfig", addresses);
        }
        return endpoint;
    }

    private static Map<String, String> driverOptions(Endpoint wanted) {
        var options = new TreeMap<>(wanted.driverOptions());
        if (!wanted.interfaceName().isEmpty()) {
            options.put(INTERFACE, wanted.interfaceName());
        }
        return options;
    }
}
