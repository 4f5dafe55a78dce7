package dev.portolan.model;

import java.util.List;

/**
 * What the proxy of a host must be set up for, for one app. Which containers are in service is not part of it: that
 * changes by cut-over.
 *
 * @param name of the proxy's container
 * @param bind address and port on which it listens, such as {@code 127.0.0.1:8081} or {@code :80}
 * @param routes of the app, each with its number of slots
 */
public record ProxySettings(String app, String region, String name, String bind, List<ProxyRoute> routes) {

    /**
     * A request with this header is the traffic layer's question whether the route can be served: 200 says so. The proxy puts it to a
     * server by the health path of the release that serves, so the traffic layer need not know what that is called.
     */
    public static final String READY_HEADER = "X-Portolan-Ready";

    private static final int FEWEST_SLOTS = 8;

    /** The new release, the one that serves, and the one that is kept from before. */
    private static final int RELEASES = 3;

    /** The settings that a release asks for on a host; its routes are those of services that run in the host's region. */
    public static ProxySettings of(Desired desired, Host host) {
        String region = host.id().region();
        List<ProxyRoute> routes = desired.routes().stream()
                .flatMap(route -> desired.workload(region).service(route.service()).stream()
                        .map(service -> new ProxyRoute(route, Math.max(FEWEST_SLOTS, RELEASES * service.replicas()))))
                .toList();
        return new ProxySettings(
                desired.app(),
                region,
                ProxyPorts.containerNameOf(desired.app(), host),
                ProxyPorts.bindOf(desired, host),
                routes);
    }

    /** What {@link ProxyState#settingsHash()} is once the proxy is set up like this. */
    public String hash() {
        return Fingerprint.of(toString());
    }

    /**
     * @param slots how many servers the route can hold
     */
    public record ProxyRoute(Route route, int slots) {}
}
