package dev.portolan.config;

import dev.portolan.compose.ComposeProject;
import dev.portolan.compose.ComposeService;
import dev.portolan.compose.ServicePort;
import dev.portolan.config.PortolanFile.RouteEntry;
import dev.portolan.model.Route;
import dev.portolan.model.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The app's routes: those of portolan.yml against the Compose project, or the one that can be inferred from it. */
final class RouteMapper {
    private final ComposeProject project;
    private final Problems problems;

    RouteMapper(ComposeProject project, Problems problems) {
        this.project = project;
        this.problems = problems;
    }

    /** The routes as portolan.yml has them; empty when one has a problem. */
    Optional<List<Route>> given(List<RouteEntry> entries) {
        List<Route> routes = new ArrayList<>();
        for (RouteEntry entry : entries) {
            route(entry).ifPresent(routes::add);
        }
        return routes.size() == entries.size() ? Optional.of(routes) : Optional.empty();
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
        if (service.get().networking().networkMode().isPresent()) {
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
        OptionalInt port =
                entry.port().isPresent() ? OptionalInt.of(entry.port().get().value()) : Inference.port(service.get());
        if (port.isEmpty()) {
            problems.error(
                    entry.service(),
                    "the port of \"" + name + "\" is not clear",
                    "add the port on which it listens in its container, such as \"port: 3000\"");
            return Optional.empty();
        }
        return Optional.of(new Route(
                entry.host().value(),
                name,
                port.getAsInt(),
                entry.health().map(Located::value).orElseGet(() -> Inference.health(service.get(), port.getAsInt())),
                entry.sticky().map(Located::value)));
    }

    /**
     * The route to the one service that publishes one port, and none where nothing is published; empty when it is not clear.
     *
     * @param location where routes could have been given
     */
    Optional<List<Route>> inferred(SourceLocation location) {
        List<ComposeService> publishing = Inference.publishing(project);
        Optional<Route> route = Inference.route(project);
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
        return publishing.isEmpty() ? Optional.of(List.of()) : route.map(List::of);
    }
}
