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

    private static final List<String> KEYS = List.of("host", "service", "port", "health", "sticky");

    private final Problems problems;
    private final Map<String, String> pathByHost = new HashMap<>();
    private final Map<String, String> pathByService = new HashMap<>();

    RouteReader(Problems problems) {
        this.problems = problems;
    }

    Optional<RouteEntry> read(Section section) {
        section.allow(KEYS, Map.of());
        section.require("service", "name the Compose service that answers, such as \"service: web\"");
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
        return section.text("service", "\"service: web\"").map(service -> {
            unique(
                    pathByService,
                    service,
                    "the service \"" + service.value() + "\"",
                    "keep one of them; \"host: '*'\" takes every host name");
            return new RouteEntry(host, service, port, health, sticky);
        });
    }

    private void unique(Map<String, String> seen, Located<String> found, String what, String remedy) {
        String first = seen.putIfAbsent(found.value(), found.path());
        if (first != null) {
            problems.error(found, what + " has a route already, at " + first, remedy);
        }
    }
}
