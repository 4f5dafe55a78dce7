package dev.portolan.proxy.haproxy;

import dev.portolan.haproxy.GlobalSection;
import dev.portolan.haproxy.HaproxyFolder;
import dev.portolan.haproxy.Section;
import dev.portolan.haproxy.Waiting;
import dev.portolan.haproxy.Words;
import dev.portolan.model.Fingerprint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The whole configuration of a host's proxy, as a value.
 *
 * @param startsAsRoot whether the workers must give up the rights of root
 * @param apps in the order of their names
 */
record ProxyConfiguration(HaproxyFolder folder, boolean startsAsRoot, List<AppPart> apps) {
    /** The word of the description that names the settings; each app's own name is another, and each backend's its check. */
    static final String GENERATION = "generation";

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
        entrances().forEach(entrance -> sections.add(entrance.section()));
        sections.add(new Section(
                "backend " + HttpEntrance.UNKNOWN_HOST,
                List.of("http-request return status 404" + PLAIN_TEXT
                        + Words.quoted("No app on this host has this name.\n"))));
        backends(Protocol.Http.class).forEach(backend -> sections.add(backend.section()));
        List<Backend> connections = backends(Protocol.Tcp.class);
        if (!connections.isEmpty()) {
            sections.add(Waiting.defaults());
            ports(connections).forEach((bind, backends) -> sections.add(TcpEntrance.section(bind, backends)));
            connections.forEach(backend -> sections.add(backend.section()));
        }
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

    /** One for each address at which HTTP arrives, with what all apps have there. */
    private List<HttpEntrance> entrances() {
        Map<String, List<Backend>> binds = new LinkedHashMap<>();
        apps.forEach(app -> app.bind()
                .ifPresent(bind ->
                        binds.computeIfAbsent(bind, none -> new ArrayList<>()).addAll(app.backends())));
        return binds.entrySet().stream()
                .map(bind -> new HttpEntrance(bind.getKey(), bind.getValue()))
                .toList();
    }

    private static Map<String, List<Backend>> ports(List<Backend> connections) {
        return connections.stream()
                .collect(Collectors.groupingBy(ProxyConfiguration::port, LinkedHashMap::new, Collectors.toList()));
    }

    private static String port(Backend backend) {
        return switch (backend.protocol()) {
            case Protocol.Tcp tcp -> tcp.bind();
            case Protocol.Http http -> throw new IllegalArgumentException("no route of TCP: " + backend.name());
        };
    }

    private List<Backend> backends(Class<? extends Protocol> protocol) {
        return apps.stream()
                .flatMap(app -> app.backends().stream())
                .filter(backend -> protocol.isInstance(backend.protocol()))
                .toList();
    }
}
