package dev.portolan.proxy.haproxy;

import dev.portolan.haproxy.GlobalSection;
import dev.portolan.haproxy.HaproxyFolder;
import dev.portolan.haproxy.Section;
import dev.portolan.haproxy.Words;
import dev.portolan.model.Fingerprint;
import dev.portolan.model.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole configuration of a host's proxy, as a value.
 *
 * @param startsAsRoot whether the workers must give up the rights of root
 * @param apps in the order of their names
 */
record ProxyConfiguration(HaproxyFolder folder, boolean startsAsRoot, List<AppPart> apps) {
    /** The word of the description that names the settings; each app's own name is another, and each backend's its check. */
    static final String GENERATION = "generation";

    private static final String UNKNOWN_HOST = "unknown_host";
    private static final String PLAIN_TEXT = " content-type \"text/plain; charset=utf-8\" string ";

    ProxyConfiguration {
        apps = List.copyOf(apps);
    }

    /** Names everything but what is in the slots: that changes without a reload. */
    String generation() {
        List<AppPart> empty = apps.stream()
                .map(app -> app.withEach(backend -> backend.with(Map.of())))
                .toList();
        return Fingerprint.of(new ProxyConfiguration(folder, startsAsRoot, empty).text(""))
                .substring(0, 12);
    }

    /** The text of the file. */
    String text() {
        return text(generation());
    }

    private String text(String generation) {
        List<Section> sections = new ArrayList<>();
        sections.add(global(generation));
        sections.add(DEFAULTS);
        binds().forEach((bind, backends) -> sections.add(frontend(bind, backends)));
        sections.add(new Section(
                "backend " + UNKNOWN_HOST,
                List.of("http-request return status 404" + PLAIN_TEXT
                        + Words.quoted("No app on this host has this name.\n"))));
        apps.forEach(app -> app.backends().forEach(backend -> sections.add(backend.section())));
        return "# Portolan writes this file. It says what is committed; what serves now is in the runtime API.\n"
                + Section.text(sections);
    }

    private Section global(String generation) {
        StringBuilder description = new StringBuilder(GENERATION + "=" + generation);
        apps.forEach(app -> {
            description.append(' ').append(app.app()).append('=').append(app.settingsHash());
            app.backends()
                    .forEach(backend -> description
                            .append(' ')
                            .append(backend.name())
                            .append('=')
                            .append(backend.checkHash()));
        });
        return GlobalSection.of(description.toString(), folder, startsAsRoot);
    }

    private static final Section DEFAULTS = new Section(
            "defaults",
            List.of(
                    "mode http",
                    "timeout connect 500ms",
                    "timeout client 60s",
                    "timeout server 60s",
                    "timeout tunnel 1h",
                    "timeout http-keep-alive 60s",
                    "timeout http-request 10s",
                    "timeout queue 5s",
                    "timeout check 2s",
                    "option redispatch 1",
                    "retries 3",
                    "retry-on conn-failure empty-response response-timeout",
                    "http-error status 503" + PLAIN_TEXT
                            + Words.quoted("No server is ready to answer. Please try again in a moment.\n")
                            + " hdr Retry-After 1"));

    private Map<String, List<Backend>> binds() {
        Map<String, List<Backend>> binds = new LinkedHashMap<>();
        apps.forEach(app ->
                binds.computeIfAbsent(app.bind(), bind -> new ArrayList<>()).addAll(app.backends()));
        return binds;
    }

    private static Section frontend(String bind, List<Backend> backends) {
        List<String> lines = new ArrayList<>(List.of(
                "bind " + Words.name(bind),
                "option idle-close-on-response",
                "option forwardfor",
                "http-request disable-l7-retry unless { method GET HEAD OPTIONS }",
                "http-request set-header X-Forwarded-Proto http unless { req.hdr(X-Forwarded-Proto) -m found }",
                "http-request set-var(txn.host) req.hdr(host),field(1,:),lower"));
        backends.stream()
                .flatMap(backend -> backend.hosts().stream())
                .filter(host -> !host.equals(Route.ANY_HOST))
                .distinct()
                .forEach(host -> {
                    List<Backend> choices = serving(backends, host);
                    String named = "{ var(txn.host) -m str " + Words.quoted(host) + " }";
                    allButLast(choices).forEach(backend -> lines.add(use(backend, named + " " + whileReady(backend))));
                    lines.add(use(choices.getLast(), named));
                });
        List<Backend> choices = serving(backends, Route.ANY_HOST);
        allButLast(choices).forEach(backend -> lines.add(use(backend, whileReady(backend))));
        lines.add("default_backend "
                + (choices.isEmpty() ? UNKNOWN_HOST : choices.getLast().name()));
        return new Section("frontend at_" + bind, lines);
    }

    private static List<Backend> serving(List<Backend> backends, String host) {
        return backends.stream()
                .filter(backend -> backend.hosts().contains(host))
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
