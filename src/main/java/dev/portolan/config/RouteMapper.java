package dev.portolan.config;

import dev.portolan.compose.ComposeProject;
import dev.portolan.compose.ComposeService;
import dev.portolan.compose.ServicePort;
import dev.portolan.config.PortolanFile.RouteEntry;
import dev.portolan.model.Route;
import dev.portolan.model.SourceLocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The app's routes: those of portolan.yml against the Compose project, or the one that can be inferred from it. */
final class RouteMapper {
    private static final int EXAMPLE_PORT = 3000;

    private final ComposeProject project;
    private final Problems problems;

    RouteMapper(ComposeProject project, Problems problems) {
        this.project = project;
        this.problems = problems;
    }

    /** The routes as portolan.yml has them; empty when one has a problem. */
    Optional<List<Route>> given(List<RouteEntry> entries) {
        List<Route> routes = new ArrayList<>();
        Map<String, String> pathByPort = new HashMap<>();
        for (RouteEntry entry : entries) {
            route(entry).filter(route -> only(route, entry, pathByPort)).ifPresent(routes::add);
        }
        return routes.size() == entries.size() ? Optional.of(routes) : Optional.empty();
    }

    /** What arrives at one port of a container is of one kind, checked in one way. */
    private boolean only(Route route, RouteEntry entry, Map<String, String> pathByPort) {
        String port = "the port " + route.port() + " of \"" + route.service() + "\"";
        String first = pathByPort.putIfAbsent(port, entry.service().path());
        if (first == null) {
            return true;
        }
        problems.error(
                entry.service(),
                port + " has a route already, at " + first,
                "keep one of them, or give this one another \"port\" of the service"
                        + switch (entry) {
                            case RouteEntry.Http http -> "; \"host: '*'\" takes every host name";
                            case RouteEntry.Tcp tcp -> "";
                        });
        return false;
    }

    private Optional<Route> route(RouteEntry entry) {
        String name = entry.service().value();
        Optional<ComposeService> service = project.service(name);
        if (service.isEmpty()) {
            problems.error(
                    entry.service(),
                    "there is no service \"" + name + "\" in the Compose file",
                    Problems.didYouMean(
                            name,
                            project.services().keySet(),
                            "the services are "
                                    + String.join(", ", project.services().keySet())));
            return Optional.empty();
        }
        boolean onHost = PortChecks.onHost(service.get());
        if (onHost && service.get().replicas() > 1) {
            problems.error(
                    entry.service(),
                    service.get().replicas() + " replicas of \"" + name
                            + "\" cannot all listen on the same port of the host",
                    "ask for one replica, or remove network_mode");
            return Optional.empty();
        }
        if (!onHost && service.get().networking().networkMode().isPresent()) {
            problems.error(
                    entry.service(),
                    "\"" + name + "\" has \"network_mode: "
                            + service.get().networking().networkMode().get()
                            + "\", so the proxy cannot reach its containers",
                    "remove network_mode");
            return Optional.empty();
        }
        if (ServiceMapper.job(project, name)) {
            problems.error(
                    entry.service(),
                    "others wait until \"" + name + "\" has ended, so it cannot answer",
                    "route to a service that runs on, or depend on it with service_healthy");
            return Optional.empty();
        }
        Optional<Integer> port = entry.port().map(Located::value).or(() -> port(entry, service.get()));
        if (port.isEmpty()) {
            problems.error(
                    entry.service(),
                    "the port of \"" + name + "\" is not clear",
                    "add the port on which it listens in its container, such as \"port: "
                            + (entry instanceof RouteEntry.Tcp tcp
                                    ? tcp.listen().value()
                                    : EXAMPLE_PORT) + "\"");
            return Optional.empty();
        }
        return port.map(found -> switch (entry) {
            case RouteEntry.Http http ->
                new Route.Http(
                        http.host().value(),
                        name,
                        found,
                        http.health().map(Located::value).orElseGet(() -> Inference.health(service.get(), found)),
                        http.sticky().map(Located::value));
            case RouteEntry.Tcp tcp -> new Route.Tcp(tcp.listen().value(), name, found);
        });
    }

    private static Optional<Integer> port(RouteEntry entry, ComposeService service) {
        OptionalInt port = switch (entry) {
            case RouteEntry.Http http -> Inference.port(service);
            case RouteEntry.Tcp tcp -> Inference.port(service, tcp.listen().value());
        };
        return port.isPresent() ? Optional.of(port.getAsInt()) : Optional.empty();
    }

    /**
     * The route to the one service that publishes one port, and none where nothing is published; empty when it is not clear.
     *
     * @param location where routes could have been given
     */
    Optional<List<Route>> inferred(SourceLocation location) {
        List<ComposeService> publishing = Inference.publishing(project);
        Optional<Route.Http> route = Inference.route(project);
        if (route.isEmpty() && !publishing.isEmpty()) {
            String found = publishing.stream()
                    .map(service -> service.name() + " "
                            + service.networking().ports().stream()
                                    .map(ServicePort::target)
                                    .map(String::valueOf)
                                    .collect(Collectors.joining(", ")))
                    .collect(Collectors.joining("; "));
            problems.error(
                    location,
                    "",
                    "which service readers reach is not clear: several ports are published (" + found + ")",
                    "add for example \"routes: [ { service: "
                            + publishing.getFirst().name() + ", port: "
                            + publishing
                                    .getFirst()
                                    .networking()
                                    .ports()
                                    .getFirst()
                                    .target()
                            + " } ]\", or \"routes: []\" if they reach none");
        }
        return publishing.isEmpty() ? Optional.of(List.of()) : route.map(List::<Route>of);
    }
}
