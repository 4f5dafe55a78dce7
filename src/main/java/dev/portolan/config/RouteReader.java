package dev.portolan.config;

import dev.portolan.config.PortolanFile.RouteEntry;
import dev.portolan.model.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the entries of {@code routes}, and finds those that exclude each other. */
final class RouteReader {
    static final Pattern HOST = Pattern.compile("\\*|[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
    static final Pattern HEALTH = Pattern.compile("/[!-~]*");
    static final Pattern COOKIE = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final List<String> KEYS = List.of("host", "tcp", "service", "port", "health", "sticky");

    /** What only requests have, and why a route of TCP does without. */
    private static final Map<String, String> HTTP_ONLY = Map.of(
            "host", "remove it; connections are told apart by their port alone",
            "health",
                    "remove it; the proxy makes a connection, and the service's \"healthcheck\" in the Compose file says"
                            + " the rest",
            "sticky", "remove it; a connection stays on its container");

    private final Problems problems;
    private final Map<String, String> pathByHost = new HashMap<>();
    private final Map<String, String> pathByPort = new HashMap<>();

    RouteReader(Problems problems) {
        this.problems = problems;
    }

    Optional<RouteEntry> read(Section section) {
        section.allow(KEYS, Map.of());
        section.require("service", "name the Compose service that answers, such as \"service: web\"");
        return section.value("tcp").isPresent() ? tcp(section) : http(section);
    }

    private Optional<RouteEntry> http(Section section) {
        Optional<Located<String>> named =
                section.matching("host", HOST, "a host name in lower case, or \"*\" for any", "\"host: shop.example\"");
        Located<String> host =
                named.orElseGet(() -> new Located<>(Route.ANY_HOST, section.location(), section.path("host")));
        if (named.isPresent() || section.value("host").isEmpty()) {
            unique(pathByHost, host, "the host \"" + host.value() + "\"", "give each route a host of its own");
        }
        var port = section.whole("port", 1, 65535, 3000);
        var health = section.matching("health", HEALTH, "a path that begins with /", "\"health: /heartbeat\"");
        var sticky = section.matching("sticky", COOKIE, "the name of a cookie", "\"sticky: _shop_session\"");
        return service(section).map(service -> new RouteEntry.Http(host, service, port, health, sticky));
    }

    private Optional<RouteEntry> tcp(Section section) {
        section.entries().stream()
                .filter(entry -> HTTP_ONLY.containsKey(entry.key()))
                .forEach(entry -> problems.error(
                        entry.keyLocation(),
                        section.path(entry.key()),
                        "a route with \"tcp\" has no \"" + entry.key() + "\"",
                        HTTP_ONLY.getOrDefault(entry.key(), "")));
        Optional<Located<Integer>> listen = section.whole("tcp", 1, 65535, 5432);
        listen.ifPresent(found -> unique(
                pathByPort,
                new Located<>(String.valueOf(found.value()), found.location(), found.path()),
                "the port " + found.value(),
                "give each route a port of its own; only HTTP can share one"));
        var port = section.whole("port", 1, 65535, 5432);
        return listen.flatMap(found -> service(section).map(service -> new RouteEntry.Tcp(found, service, port)));
    }

    private static Optional<Located<String>> service(Section section) {
        return section.text("service", "\"service: web\"");
    }

    private void unique(Map<String, String> seen, Located<String> found, String what, String remedy) {
        String first = seen.putIfAbsent(found.value(), found.path());
        if (first != null) {
            problems.error(found, what + " has a route already, at " + first, remedy);
        }
    }
}
