package dev.portolan.proxy.haproxy;

import dev.portolan.haproxy.Section;
import dev.portolan.haproxy.Words;
import dev.portolan.model.ProxySettings;
import dev.portolan.model.Route;
import java.util.ArrayList;
import java.util.List;

/**
 * Where requests arrive, and the traffic layer's questions.
 *
 * @param backends of all apps that have it, also those of TCP, about which only questions come
 */
record HttpEntrance(String bind, List<Backend> backends) {
    static final String UNKNOWN_HOST = "unknown_host";

    HttpEntrance {
        backends = List.copyOf(backends);
    }

    /** The frontend. */
    Section section() {
        List<String> lines = new ArrayList<>(List.of(
                "bind " + Words.name(bind),
                "option idle-close-on-response",
                "option forwardfor",
                "http-request disable-l7-retry unless { method GET HEAD OPTIONS }",
                "http-request set-header X-Forwarded-Proto http unless { req.hdr(X-Forwarded-Proto) -m found }",
                "http-request set-var(txn.host) req.hdr(host),field(1,:),lower"));
        backends.forEach(backend -> lines.addAll(answers(backend)));
        backends.stream()
                .flatMap(backend -> hosts(backend).stream())
                .filter(host -> !host.equals(Route.ANY_HOST))
                .distinct()
                .forEach(host -> {
                    List<Backend> choices = serving(host);
                    String named = "{ var(txn.host) -m str " + Words.quoted(host) + " }";
                    allButLast(choices).forEach(backend -> lines.add(use(backend, named + " " + whileReady(backend))));
                    lines.add(use(choices.getLast(), named));
                });
        List<Backend> choices = serving(Route.ANY_HOST);
        allButLast(choices).forEach(backend -> lines.add(use(backend, whileReady(backend))));
        lines.add("default_backend "
                + (choices.isEmpty() ? UNKNOWN_HOST : choices.getLast().name()));
        return new Section("frontend at_" + bind, lines);
    }

    private static List<String> hosts(Backend backend) {
        return switch (backend.protocol()) {
            case Protocol.Http http -> http.hosts();
            case Protocol.Tcp tcp -> List.of();
        };
    }

    /** Whether connections of a route are taken: what serves does not know the traffic layer's question. */
    private static List<String> answers(Backend backend) {
        return switch (backend.protocol()) {
            case Protocol.Http http -> List.of();
            case Protocol.Tcp tcp -> {
                String asked = " if { req.hdr(" + ProxySettings.READY_HEADER + ") -m str "
                        + Words.quoted(ProxySettings.readyName(backend.app(), backend.service())) + " }";
                List<String> lines = new ArrayList<>();
                backend.ready().forEach(ready -> lines.add("http-request return status 200" + asked + " " + ready));
                lines.add("http-request return status 503" + asked);
                yield lines;
            }
        };
    }

    private List<Backend> serving(String host) {
        return backends.stream()
                .filter(backend -> hosts(backend).contains(host))
                .toList();
    }

    private static List<Backend> allButLast(List<Backend> backends) {
        return backends.subList(0, Math.max(0, backends.size() - 1));
    }

    private static String use(Backend backend, String condition) {
        return "use_backend " + backend.name() + " if " + condition;
    }

    private static String whileReady(Backend backend) {
        return "{ nbsrv(" + backend.name() + ") gt 0 }";
    }
}
