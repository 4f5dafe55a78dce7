package dev.portolan.config;

import dev.portolan.compose.ComposeProject;
import dev.portolan.compose.ComposeService;
import dev.portolan.compose.ServicePort;
import dev.portolan.model.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds ports of this machine that two containers would both want. */
final class PortChecks {
    private final List<Route> routes;
    private final PortSpans taken;
    private final PortSpans takenOverSsh;
    private final Problems problems;
    private final Map<String, String> regionByPort = new HashMap<>();

    /** @param taken what the edge and the proxies of this machine have */
    PortChecks(List<Route> routes, PortSpans taken, Problems problems) {
        this.routes = routes;
        this.taken = taken;
        this.takenOverSsh = PortSpans.ofHost(routes);
        this.problems = problems;
    }

    /**
     * @param placed whether the region has the service
     * @param local whether it runs on this machine, as the edge does and perhaps other regions
     */
    void add(String region, ComposeProject project, Predicate<String> placed, boolean local) {
        for (ComposeService service : project.services().values()) {
            if (!placed.test(service.name())) {
                continue;
            }
            if (onHost(service)) {
                listens(service).forEach(port -> onHost(region, service, port, local));
                continue;
            }
            for (ServicePort port : service.networking().ports()) {
                if (fixed(port) && !routed(routes, service, port)) {
                    replicas(service, port);
                    proxies(service, port, local);
                    if (local) {
                        otherRegion(region, service, port);
                    }
                }
            }
        }
    }

    /** Whether its ports are the host's: what it publishes has no meaning then. */
    static boolean onHost(ComposeService service) {
        return service.networking().networkMode().filter("host"::equals).isPresent();
    }

    /** The ports of TCP on which it says, or a route says, that it listens. */
    private Set<Integer> listens(ComposeService service) {
        Stream<Integer> routed = routes.stream()
                .filter(route -> route.service().equals(service.name()))
                .map(Route::port);
        Stream<Integer> published = service.networking().ports().stream()
                .filter(port -> port.protocol().equals("tcp"))
                .map(ServicePort::target);
        Stream<Integer> exposed = service.networking().expose().stream()
                .filter(port -> port.matches("[0-9]{1,5}(/tcp)?"))
                .map(port -> Integer.valueOf(port.replace("/tcp", "")));
        return Stream.of(routed, published, exposed)
                .flatMap(Function.identity())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void onHost(String region, ComposeService service, int port, boolean local) {
        proxiesOf(local)
                .at(port)
                .ifPresent(span -> problems.error(
                        service.location("network_mode"),
                        hostPath(service),
                        "the port " + port + ", on which it listens on the host, is one of those of " + span.owner()
                                + ", " + span,
                        "let it listen on another one, or " + span.remedy()));
        if (!local) {
            return;
        }
        String first = regionByPort.putIfAbsent(":" + port + "/tcp", region);
        if (first != null && !first.equals(region)) {
            problems.error(
                    service.location("network_mode"),
                    hostPath(service),
                    SharedEngine.cannotShare(first, region) + "the port " + port + ", on which it listens on the host",
                    "remove network_mode, or place the service in one of them with placement.constraints: [node.labels.region"
                            + " == " + first + "]");
        }
    }

    private static String hostPath(ComposeService service) {
        return "services/" + service.name() + "/network_mode";
    }

    /** Whether one port of the host is meant. */
    static boolean fixed(ServicePort port) {
        return port.published().matches("[1-9][0-9]*");
    }

    /** Whether the proxy stands at this port, so that the container does not publish it. */
    static boolean routed(List<Route> routes, ComposeService service, ServicePort port) {
        return port.protocol().equals("tcp")
                && Route.ports(routes, service.name()).contains(port.target());
    }

    private void replicas(ComposeService service, ServicePort port) {
        if (service.replicas() > 1) {
            problems.error(
                    port.location(),
                    path(service),
                    service.replicas() + " replicas cannot all publish the port " + port.published(),
                    "publish \"" + port.target() + "\" alone to let the engine choose, or add a route to it");
        }
    }

    private PortSpans proxiesOf(boolean local) {
        return local ? taken : takenOverSsh;
    }

    private void proxies(ComposeService service, ServicePort port, boolean local) {
        int published = Integer.parseInt(port.published());
        proxiesOf(local)
                .at(published)
                .filter(span -> port.protocol().equals("tcp"))
                .ifPresent(span -> problems.error(
                        port.location(),
                        path(service),
                        "the port " + published + " is one of those of " + span.owner() + ", " + span,
                        "publish another one, or " + span.remedy()));
    }

    private void otherRegion(String region, ComposeService service, ServicePort port) {
        String key = port.hostIp() + ":" + port.published() + "/" + port.protocol();
        String first = regionByPort.putIfAbsent(key, region);
        if (first != null && !first.equals(region)) {
            problems.error(
                    port.location(),
                    path(service),
                    SharedEngine.cannotShare(first, region) + "the port " + port.published(),
                    "publish \"" + port.target()
                            + "\" alone to let the engine choose, remove it if only other services need"
                            + " it, or publish \"${PORT}:" + port.target()
                            + "\" and set PORT in each region's \"env\"");
        }
    }

    private static String path(ComposeService service) {
        return "services/" + service.name() + "/ports";
    }
}
