package dev.portolan.config;

import dev.portolan.compose.ComposeProject;
import dev.portolan.compose.ComposeService;
import dev.portolan.compose.Healthcheck;
import dev.portolan.compose.ServicePort;
import dev.portolan.model.Route;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What a Compose project says by itself about how readers reach it. */
public final class Inference {
    private static final Pattern URL =
            Pattern.compile("\\bhttps?://[^\\s/'\"]*?(?::(\\d+))?(/[^\\s'\"|;&)]*)?(?=[\\s'\"|;&)]|$)");
    private static final Pattern CLIENT = Pattern.compile("\\b(curl|wget)\\b");

    private Inference() {}

    /** The services that publish a TCP port, in the order of the file. */
    public static List<ComposeService> publishing(ComposeProject project) {
        return project.services().values().stream()
                .filter(service -> tcpPorts(service).length > 0)
                .toList();
    }

    /** A route for every host name, when exactly one service publishes exactly one port. */
    public static Optional<Route.Http> route(ComposeProject project) {
        List<ComposeService> services = publishing(project);
        if (services.size() != 1) {
            return Optional.empty();
        }
        ComposeService service = services.getFirst();
        int[] ports = tcpPorts(service);
        return ports.length == 1
                ? Optional.of(new Route.Http(
                        Route.ANY_HOST, service.name(), ports[0], health(service, ports[0]), Optional.empty()))
                : Optional.empty();
    }

    /** The one port that a service publishes, or else the one that it exposes. */
    public static OptionalInt port(ComposeService service) {
        int[] published = tcpPorts(service);
        int[] exposed = exposed(service);
        if (published.length == 1) {
            return OptionalInt.of(published[0]);
        }
        return published.length == 0 && exposed.length == 1 ? OptionalInt.of(exposed[0]) : OptionalInt.empty();
    }

    /**
     * The port to which connections go that arrive at one: what the service publishes there; the one port that it publishes or
     * exposes; the same port, if it is among several of them or there are none.
     */
    public static OptionalInt port(ComposeService service, int listen) {
        OptionalInt published = service.networking().ports().stream()
                .filter(port ->
                        port.protocol().equals("tcp") && port.published().equals(String.valueOf(listen)))
                .mapToInt(ServicePort::target)
                .findFirst();
        if (published.isPresent()) {
            return published;
        }
        OptionalInt only = port(service);
        if (only.isPresent()) {
            return only;
        }
        int[] known = IntStream.concat(IntStream.of(tcpPorts(service)), IntStream.of(exposed(service)))
                .toArray();
        return known.length == 0 || IntStream.of(known).anyMatch(port -> port == listen)
                ? OptionalInt.of(listen)
                : OptionalInt.empty();
    }

    /** The path that the service's own health check asks for with curl or wget on that port; otherwise {@code /}. */
    public static String health(ComposeService service, int port) {
        String test = service.healthcheck()
                .map(Healthcheck::test)
                .map(words -> String.join(" ", words))
                .orElse("");
        if (CLIENT.matcher(test).find()) {
            Matcher url = URL.matcher(test);
            while (url.find()) {
                int asked = url.group(1) == null ? 80 : Integer.parseInt(url.group(1));
                String path = url.group(2);
                if (asked == port
                        && path != null
                        && RouteReader.HEALTH.matcher(path).matches()) {
                    return path;
                }
            }
        }
        return "/";
    }

    private static int[] exposed(ComposeService service) {
        return service.networking().expose().stream()
                .filter(port -> !port.endsWith("/udp") && !port.contains("-"))
                .mapToInt(port -> Integer.parseInt(port.split("/", -1)[0]))
                .distinct()
                .toArray();
    }

    private static int[] tcpPorts(ComposeService service) {
        return service.networking().ports().stream()
                .filter(port -> port.protocol().equals("tcp"))
                .mapToInt(ServicePort::target)
                .distinct()
                .toArray();
    }
}
