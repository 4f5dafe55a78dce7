package dev.portolan.model;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the proxy of a host does now.
 *
 * @param running whether it answers
 * @param settingsHash of the {@link ProxySettings} it was set up with; empty when there is none, and while a server of
 *     before has not yet passed the health check that they ask for
 * @param routes by service name, the servers of all its routes
 */
public record ProxyState(boolean running, String settingsHash, Map<String, RouteState> routes) {

    public static final ProxyState ABSENT = new ProxyState(false, "", Map.of());

    /**
     * @param inService addresses ({@code ip:port}) that get new requests: those of a container one for each port with a route
     * @param draining addresses that get none but may have some in flight
     */
    public record RouteState(Set<String> inService, List<String> draining) {}
}
