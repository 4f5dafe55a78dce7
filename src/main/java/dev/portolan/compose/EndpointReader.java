package dev.portolan.compose;

import dev.portolan.model.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Addresses and options of a service on one of its networks. */
final class EndpointReader {
    private static final Endpoint ANY = new Endpoint("", "", List.of(), "", Map.of(), 0, "");

    private EndpointReader() {}

    static Optional<Endpoint> read(Section network) {
        Endpoint endpoint = new Endpoint(
                address(network, "ipv4_address"),
                address(network, "ipv6_address"),
                network.texts("link_local_ips"),
                network.text("mac_address", ""),
                network.options("driver_opts"),
                (int) network.whole("gw_priority", Integer.MIN_VALUE, Integer.MAX_VALUE)
                        .orElse(0),
                network.text("interface_name", ""));
        return Optional.of(endpoint).filter(asked -> !asked.equals(ANY));
    }

    private static String address(Section network, String key) {
        return network.parsed(key, text -> {
                    if (!Addresses.isOne(text) || text.contains(":") != key.contains("6")) {
                        throw new InvalidValue(
                                "\"" + text + "\" is no address of this kind",
                                key.contains("6") ? "write one such as fd00::10" : "write one such as 10.20.0.10");
                    }
                    return text;
                })
                .orElse("");
    }
}
