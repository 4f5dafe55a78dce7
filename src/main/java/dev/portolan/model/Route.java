package dev.portolan.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What readers send to a service by way of the proxies. A service may have several, each to another port of its containers; they
 * are cut over and drained together.
 */
public sealed interface Route {

    String ANY_HOST = "*";

    /** The Compose service that answers. */
    String service();

    /** The port inside its containers, 1 to 65535. */
    int port();

    /**
     * Requests, told apart by their host name.
     *
     * @param host the host name of the requests; {@code *} for every name that no other route takes
     * @param health the path that answers 200 when a container can serve, such as {@code /heartbeat}
     * @param sticky the app's own cookie that keeps a reader on one container, if any
     */
    record Http(String host, String service, int port, String health, Optional<String> sticky) implements Route {}

    /**
     * Connections, told apart by the port at which they arrive.
     *
     * @param listen the port at which readers arrive, 1 to 65535
     */
    record Tcp(int listen, String service, int port) implements Route {}

    /** Those of the routes that are for HTTP, in their order. */
    static List<Http> http(List<Route> routes) {
        return only(Http.class, routes);
    }

    /** Those of the routes that are for TCP, in their order. */
    static List<Tcp> tcp(List<Route> routes) {
        return only(Tcp.class, routes);
    }

    /** The ports in the containers of a service that the routes lead to, each once, in their order; none when it has no route. */
    static List<Integer> ports(List<Route> routes, String service) {
        return routes.stream()
                .filter(route -> route.service().equals(service))
                .map(Route::port)
                .distinct()
                .toList();
    }

    private static <T extends Route> List<T> only(Class<T> kind, List<Route> routes) {
        return routes.stream()
                .flatMap(route -> kind.isInstance(route) ? Stream.of(kind.cast(route)) : Stream.empty())
                .toList();
    }
}
