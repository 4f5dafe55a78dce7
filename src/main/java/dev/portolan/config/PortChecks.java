package dev.portolan.config;

import dev.portolan.compose.ComposeProject;
import dev.portolan.compose.ComposeService;
import dev.portolan.compose.ServicePort;
import dev.portolan.model.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds ports of this machine that two containers would both want. */
final class PortChecks {
    private final List<Route> routes;
    private final PortSpans taken;
    private final Problems problems;
    private final Map<String, String> regionByPort = new HashMap<>();

    /** @param taken what the edge and the proxies have */
    PortChecks(List<Route> routes, PortSpans taken, Problems problems) {
        this.routes = routes;
        this.taken = taken;
        this.problems = problems;
    }

    /** @param local whether it runs on this machine, as the edge does and perhaps other regions */
    void add(String region, ComposeProject project, boolean local) {
        for (ComposeService service : project.services().values()) {
            for (ServicePort port : service.networking().ports()) {
                if (fixed(port) && routes.stream().noneMatch(route -> routed(route, service, port))) {
                    replicas(service, port);
                    if (local) {
                        edge(service, port);
                        otherRegion(region, service, port);
                    }
                }
            }
        }
    }

    /** Whether one port of the host is meant. */
    static boolean fixed(ServicePort port) {
        return port.published().matches("[1-9][0-9]*");
    }

    /** Whether the proxy stands at this port, so that the container does not publish it. */
    static boolean routed(Route route, ComposeService service, ServicePort port) {
        return route.service().equals(service.name())
                && route.port() == port.target()
                && port.protocol().equals("tcp");
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

    private void edge(ComposeService service, ServicePort port) {
        int published = Integer.parseInt(port.published());
        taken.at(published)
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
