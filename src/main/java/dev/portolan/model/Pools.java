package dev.portolan.model;

import java.time.Duration;
import java.util.List;

/**
 * The regions of an app as the traffic layer sees them.
 *
 * @param primary to which traffic falls back
 * @param patience how long a new connection of TCP waits while no region can take it
 * @param pools in the order of the configuration
 */
public record Pools(
        String app, TrafficSettings settings, String primary, List<Route> routes, Duration patience, List<Pool> pools) {

    /**
     * @param origins {@code address:port} of each host's proxy, for HTTP
     * @param connections where each host's proxy takes the connections of routes of TCP
     */
    public record Pool(String region, Place place, List<String> origins, List<Connections> connections) {

        public Pool {
            origins = List.copyOf(origins);
            connections = List.copyOf(connections);
        }

        /** One of an app without routes of TCP. */
        public Pool(String region, Place place, List<String> origins) {
            this(region, place, origins, List.of());
        }

        /**
         * Where the hosts take the connections of a route, host by host in the order of {@link #origins}.
         *
         * @throws IllegalArgumentException when there is no such route
         */
        public List<String> origins(Route.Tcp route) {
            return connections.stream()
                    .filter(found -> found.listen() == route.listen())
                    .map(Connections::origins)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no route at " + route.listen()));
        }
    }

    /**
     * Where the connections of one route go.
     *
     * @param listen the port at which readers arrive
     * @param origins {@code address:port}
     */
    public record Connections(int listen, List<String> origins) {

        public Connections {
            origins = List.copyOf(origins);
        }
    }

    /** What {@link TrafficState#settingsHash()} is once these pools are set up. */
    public String hash() {
        return Fingerprint.of(toString());
    }

    public static Pools of(Desired desired) {
        List<Pool> pools = desired.regions().stream()
                .map(region -> new Pool(
                        region.name(),
                        region.place(),
                        region.hosts().stream()
                                .map(host -> ProxyPorts.originOf(desired, host))
                                .toList(),
                        Route.tcp(desired.routes()).stream()
                                .map(route -> connections(desired, region, route))
                                .toList()))
                .toList();
        return new Pools(
                desired.app(),
                desired.traffic(),
                desired.primary(),
                desired.routes(),
                desired.rollout().patience(),
                pools);
    }

    private static Connections connections(Desired desired, Region region, Route.Tcp route) {
        return new Connections(
                route.listen(),
                region.hosts().stream()
                        .map(host -> ProxyPorts.originOf(desired, host, route))
                        .toList());
    }
}
