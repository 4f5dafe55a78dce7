package dev.portolan.model;

import java.util.List;
import java.util.Map;

/**
 * What an app asks for where a container meets one of its networks. A text is empty, and a number 0, where nothing is asked for.
 *
 * @param address IPv4
 * @param address6 IPv6
 * @param linkLocal addresses beside these
 * @param mac such as {@code 02:42:ac:11:00:03}
 * @param driverOptions of the network's driver
 * @param gatewayPriority the network with the highest has the container's default gateway
 * @param interfaceName such as {@code eth1}
 */
public record Endpoint(
        String address,
        String address6,
        List<String> linkLocal,
        String mac,
        Map<String, String> driverOptions,
        int gatewayPriority,
        String interfaceName) {

    public Endpoint {
        linkLocal = List.copyOf(linkLocal);
        driverOptions = Map.copyOf(driverOptions);
    }
}
