package dev.portolan.config;

import dev.portolan.config.PortolanFile.RouteEntry;
import dev.portolan.model.ProxyPorts;
import dev.portolan.model.Route;
import dev.portolan.model.TrafficSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ports of this machine that the edge and the regions' proxies have: for HTTP, and for each route of TCP, one for the edge and one
 * after it for each region.
 */
record PortSpans(List<Span> spans) {
    private static final int HIGHEST_PORT = 65535;

    PortSpans {
        spans = List.copyOf(spans);
    }

    /**
     * Ports one after the other.
     *
     * @param owner whose they are, for a message
     * @param remedy what to change, when somebody else wants one of them
     */
    record Span(int first, int last, String owner, String remedy) {

        boolean has(int port) {
            return first <= port && port <= last;
        }

        private boolean overlaps(Span other) {
            return first <= other.last && other.first <= last;
        }

        @Override
        public String toString() {
            return first == last ? String.valueOf(first) : first + " to " + last;
        }
    }

    /** @param regions how many there are */
    static PortSpans of(List<Route> routes, TrafficSettings traffic, int regions) {
        List<Span> spans = new ArrayList<>();
        if (traffic instanceof TrafficSettings.Edge(int port)) {
            spans.add(new Span(
                    port,
                    port + regions,
                    "the edge and its regions",
                    "set \"traffic: { provider: edge, port: ... }\" in portolan.yml"));
        }
        Route.tcp(routes).forEach(route -> spans.add(of(route, traffic, regions)));
        return new PortSpans(spans);
    }

    /** Those of the proxy of a host of its own. */
    static PortSpans ofHost(List<Route> routes) {
        List<Span> spans = new ArrayList<>();
        if (!Route.http(routes).isEmpty()) {
            spans.add(ofHost(ProxyPorts.PROXY_PORT, "give the service that publishes it a route instead"));
        }
        Route.tcp(routes).forEach(route -> spans.add(ofHost(route.listen(), "give that route another port")));
        return new PortSpans(spans);
    }

    private static Span ofHost(int port, String remedy) {
        return new Span(port, port, "the host's proxy", remedy);
    }

    private static Span of(Route.Tcp route, TrafficSettings traffic, int regions) {
        int last = switch (traffic) {
            case TrafficSettings.Edge edge -> route.listen() + regions;
            case TrafficSettings.None() -> route.listen() + regions - 1;
        };
        return new Span(route.listen(), last, ownerOf(route.listen()), "give that route another port");
    }

    private static String ownerOf(int listen) {
        return "the route \"tcp: " + listen + "\" and its regions";
    }

    Optional<Span> at(int port) {
        return spans.stream().filter(span -> span.has(port)).findFirst();
    }

    /** Says which of the routes' ports are not there, or are wanted twice. */
    void check(List<RouteEntry> entries, Problems problems) {
        for (RouteEntry entry : entries) {
            if (entry instanceof RouteEntry.Tcp tcp) {
                spans.stream()
                        .filter(span -> span.owner().equals(ownerOf(tcp.listen().value())))
                        .forEach(span -> check(span, tcp, problems));
            }
        }
    }

    private void check(Span span, RouteEntry.Tcp entry, Problems problems) {
        if (span.last() > HIGHEST_PORT) {
            problems.error(
                    entry.listen(),
                    span.owner() + " need the ports " + span,
                    "choose a port of at most " + (HIGHEST_PORT - (span.last() - span.first())));
        }
        spans.subList(0, spans.indexOf(span)).stream()
                .filter(span::overlaps)
                .findFirst()
                .ifPresent(other -> problems.error(
                        entry.listen(),
                        span.owner() + " need the ports " + span + ", and " + other.owner() + " have " + other,
                        "choose ports that are further apart, since each region has one of its own"));
    }
}
