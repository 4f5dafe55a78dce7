package dev.portolan.config;

import dev.portolan.compose.ComposeProject;
import dev.portolan.config.PortolanFile.RegionEntry;
import dev.portolan.config.PortolanFile.TrafficEntry;
import dev.portolan.model.Route;
import dev.portolan.model.TrafficSettings;
import java.util.List;
import java.util.Optional;

/**
 * What steers readers: as portolan.yml says, or an edge on the port that the Compose file publishes. Hosts over SSH are reached by
 * readers themselves unless it says otherwise.
 */
final class TrafficMapper {
    private static final int DEFAULT_PORT = 8080;
    private static final int HIGHEST_PORT = 65535;

    private final Problems problems;

    TrafficMapper(Problems problems) {
        this.problems = problems;
    }

    /** @param leading the Compose project of the primary */
    TrafficSettings traffic(PortolanFile file, ComposeProject leading, List<Route> routes) {
        boolean none = file.traffic()
                .map(entry -> entry.provider() == TrafficEntry.Provider.NONE)
                .orElse(routes.isEmpty() || file.regions().stream().noneMatch(RegionEntry::local));
        if (none) {
            return new TrafficSettings.None();
        }
        Optional<Located<Integer>> given = file.traffic().flatMap(TrafficEntry::port);
        int port = given.map(Located::value).orElseGet(() -> publishedPort(leading, routes));
        int last = port + file.regions().size();
        if (last > HIGHEST_PORT) {
            given.ifPresent(found -> problems.error(
                    found,
                    "the edge and its regions need the ports " + port + " to " + last,
                    "choose a port of at most " + (HIGHEST_PORT - file.regions().size())));
        }
        return new TrafficSettings.Edge(port);
    }

    /** So that the app answers on this machine where it does under Docker Compose. */
    private static int publishedPort(ComposeProject project, List<Route> routes) {
        return Route.http(routes).stream()
                .flatMap(route -> project.service(route.service()).stream()
                        .flatMap(service -> service.networking().ports().stream())
                        .filter(port -> port.target() == route.port()))
                .filter(PortChecks::fixed)
                .map(port -> Integer.parseInt(port.published()))
                .findFirst()
                .orElse(DEFAULT_PORT);
    }
}
