package dev.portolan.config;

import dev.portolan.compose.ComposeProject;
import dev.portolan.compose.ComposeService;
import dev.portolan.compose.ServicePort;
import dev.portolan.model.Route;
import dev.portolan.yaml.ScalarValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The portolan.yml that {@code portolan init} writes: what could be inferred, said in full, with the rest as comments. */
public final class InitialFile {
    /** Where the regions are unless the person says otherwise; the first one is the primary. */
    public static final List<String> DEFAULT_REGIONS = List.of("dublin", "sydney");

    private static final int LONGEST_NAME = 40;

    private InitialFile() {}

    /**
     * @param project of the app's Compose files
     * @param regions names of regions, at least one, known to {@link Places}; the first one becomes the primary
     * @return the text of a file that {@link ConfigurationReader} reads without a problem when the Compose project is one that
     *     can be deployed
     */
    public static String text(ComposeProject project, List<String> regions) {
        StringBuilder text = new StringBuilder();
        text.append("""
                # How %1$s is deployed to many regions with Portolan. What it runs is in the Compose file.
                # Every key: docs/configuration.md
                app: %1$s

                # The region that is deployed last and that readers fall back to.
                primary: %2$s

                """.formatted(string(appName(project.name())), regions.getFirst()));
        text.append(routes(project));
        text.append("""

                # Where readers are sent to the nearest one. "local" is this machine's own Docker Engine.
                regions:
                """);
        for (String region : regions) {
            text.append("  ").append(region).append(":\n    hosts: [local]\n");
            if (region.equals(regions.getFirst())) {
                text.append("""
                            # env: { DATABASE_URL: ... }    # variables of this region, over those of the app
                            # compose: compose.%s.yaml    # a Compose file merged over the app's own in this region
                        """.formatted(region));
            }
        }
        text.append("""

                # Variables for the Compose file, in every region: for ${NAME}, and for "environment: [NAME]" of a service.
                # env: { RAILS_ENV: production }

                # How a release goes out. These are the defaults; "max_parallel" limits how many secondary regions move at once.
                # rollout: { monitor: 10s, keep: 10m, drain: 30s, healthy: 2m }

                # The edge on this machine: the app is at this port, each region's proxy at one after it.
                """);
        text.append(traffic(project));
        return text.toString();
    }

    /** A name of an app from any other name: {@code My_Shop} is {@code my-shop}. */
    static String appName(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String cut = plain.substring(0, Math.min(plain.length(), LONGEST_NAME)).replaceAll("^-+|-+$", "");
        return cut.isEmpty() ? "app" : cut;
    }

    private static String routes(ComposeProject project) {
        Optional<Route.Http> route = Inference.route(project);
        if (route.isPresent()) {
            return """
                    # Which requests go where. "health" answers 200 when a container can serve; a "host" limits a route to one name.
                    routes:
                    """ + line("  ", route.get());
        }
        List<ComposeService> publishing = Inference.publishing(project);
        if (publishing.isEmpty()) {
            return """
                    # No service publishes a port, so no request goes anywhere. A route would be:
                    # routes: [ { service: web, port: 3000, health: / } ]
                    routes: []
                    """;
        }
        StringBuilder text = new StringBuilder("""
                # Which requests go where. Several ports are published: keep the route that readers take, or give each a host.
                routes:
                """);
        boolean first = true;
        for (ComposeService service : publishing) {
            for (ServicePort port : service.networking().ports()) {
                if (port.protocol().equals("tcp")) {
                    text.append(line(
                            first ? "  " : "  # ",
                            new Route.Http(
                                    Route.ANY_HOST,
                                    service.name(),
                                    port.target(),
                                    Inference.health(service, port.target()),
                                    Optional.empty())));
                    first = false;
                }
            }
        }
        return text.toString();
    }

    private static String line(String before, Route.Http route) {
        return "%s- { service: %s, port: %d, health: \"%s\" }\n"
                .formatted(
                        before,
                        string(route.service()),
                        route.port(),
                        route.health().replace("\\", "\\\\").replace("\"", "\\\""));
    }

    /** In quotes where YAML would take it for a number or the like. */
    private static String string(String word) {
        return ScalarValue.ofPlain(word) instanceof ScalarValue.Text ? word : "\"" + word + "\"";
    }

    private static String traffic(ComposeProject project) {
        List<ComposeService> publishing = Inference.publishing(project);
        if (publishing.isEmpty()) {
            return "# traffic: { provider: edge, port: 8080 }\n";
        }
        ServicePort first = publishing.getFirst().networking().ports().stream()
                .filter(port -> port.protocol().equals("tcp"))
                .findFirst()
                .orElseThrow();
        boolean fixed = first.published().matches("[1-9][0-9]*");
        return "traffic: { provider: edge, port: " + (fixed ? first.published() : "8080") + " }\n";
    }
}
