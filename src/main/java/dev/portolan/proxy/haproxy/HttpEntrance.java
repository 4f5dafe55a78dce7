package dev.portolan.proxy.haproxy;

import dev.portolan.haproxy.Section;
import dev.portolan.haproxy.Words;
import dev.portolan.model.ProxySettings;
import dev.portolan.model.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        questions().forEach((question, asked) -> lines.addAll(answers(question, asked)));
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

    /** The backends of TCP by the traffic layer's name of their route: two while it goes from one to another. */
    private Map<String, List<Backend>> questions() {
        Map<String, List<Backend>> questions = new LinkedHashMap<>();
        backends.forEach(backend -> {
            switch (backend.protocol()) {
                case Protocol.Http http -> {}
                case Protocol.Tcp tcp ->
                    questions
                            .computeIfAbsent(
                                    ProxySettings.readyName(backend.app(), tcp.listen()), none -> new ArrayList<>())
                            .add(backend);
            }
        });
        return questions;
    }

    /** Whether connections of a route are taken: what serves does not know the traffic layer's question. */
    private static List<String> answers(String question, List<Backend> asked) {
        String condition = " if { req.hdr(" + ProxySettings.READY_HEADER + ") -m str " + Words.quoted(question) + " }";
        List<String> lines = new ArrayList<>();
        asked.forEach(backend -> backend.ready()
                .forEach(ready -> lines.add("http-request return status 200" + condition + " " + ready)));
        lines.add("http-request return status 503" + condition);
        return lines;
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
