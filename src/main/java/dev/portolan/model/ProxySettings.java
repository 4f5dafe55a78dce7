package dev.portolan.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the proxy of a host must be set up for, for one app. Which containers are in service is not part of it: that
 * changes by cut-over.
 *
 * @param name of the proxy's container
 * @param bind address and port on which it takes HTTP requests and the traffic layer's questions, such as
 *     {@code 127.0.0.1:8081} or {@code :80}; empty when there are neither
 * @param routes of the app, each with its number of slots
 */
public record ProxySettings(String app, String region, String name, Optional<String> bind, List<ProxyRoute> routes) {

    /**
     * A request with this header is the traffic layer's question whether a route can be served: 200 says so. For a route of HTTP the
     * proxy puts it to a server by the health path of the release that serves, so the traffic layer need not know what that is
     * called. One of TCP is named by the header's value, {@link #readyName}.
     */
    public static final String READY_HEADER = "X-Portolan-Ready";

    private static final int FEWEST_SLOTS = 8;

    /** The new release, the one that serves, and the one that is kept from before. */
    private static final int RELEASES = 3;

    /** The settings that a release asks for on a host; its routes are those of services that run there. */
    public static ProxySettings of(Desired desired, Host host) {
        String region = host.id().region();
        List<ProxyRoute> routes = desired.routes().stream()
                .flatMap(route -> desired.workload(host.id()).service(route.service()).stream()
                        .map(service -> routeOf(desired, host, route, service)))
                .toList();
        boolean asked = switch (desired.traffic()) {
            case TrafficSettings.Edge(int port) -> true;
            case TrafficSettings.None() -> !Route.http(desired.routes()).isEmpty();
        };
        return new ProxySettings(
                desired.app(),
                region,
                ProxyPorts.containerNameOf(desired.app(), host),
                asked ? Optional.of(ProxyPorts.bindOf(desired, host)) : Optional.empty(),
                routes);
    }

    private static ProxyRoute routeOf(Desired desired, Host host, Route route, Service service) {
        int slots = Math.max(FEWEST_SLOTS, RELEASES * service.replicas());
        return switch (route) {
            case Route.Http http -> new ProxyRoute.Http(http, slots);
            case Route.Tcp tcp ->
                new ProxyRoute.Tcp(
                        tcp,
                        slots,
                        ProxyPorts.bindOf(desired, host, tcp),
                        desired.rollout().patience());
        };
    }

    /**
     * How the traffic layer names a route of TCP in its question: by what readers know, which stays the same when another service
     * or another port of it answers.
     */
    public static String readyName(String app, int listen) {
        return app + ":" + listen;
    }

    /** Every address and port on which the app's readers arrive. */
    public List<String> binds() {
        Stream<String> ports = routes.stream().flatMap(route -> switch (route) {
            case ProxyRoute.Http http -> Stream.empty();
            case ProxyRoute.Tcp tcp -> Stream.of(tcp.bind());
        });
        return Stream.concat(bind.stream(), ports).toList();
    }

    /** What {@link ProxyState#settingsHash()} is once the proxy is set up like this. */
    public String hash() {
        return Fingerprint.of(toString());
    }

    /** A route as the proxy is to have it. */
    public sealed interface ProxyRoute {
        Route route();

        /** How many servers the route can hold. */
        int slots();

        record Http(Route.Http route, int slots) implements ProxyRoute {}

        /**
         * @param bind address and port on which its readers arrive
         * @param patience how long a new connection waits for a server while there is none: as long as replacing one may take
         */
        record Tcp(Route.Tcp route, int slots, String bind, Duration patience) implements ProxyRoute {}
    }
}
