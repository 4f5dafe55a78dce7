package dev.portolan.traffic.edge;

import dev.portolan.haproxy.GlobalSection;
import dev.portolan.haproxy.HaproxyFolder;
import dev.portolan.haproxy.Section;
import dev.portolan.haproxy.Waiting;
import dev.portolan.haproxy.Words;
import dev.portolan.model.Fingerprint;
import dev.portolan.model.Pools.Pool;
import dev.portolan.model.ProxySettings;
import dev.portolan.traffic.edge.StoredEdge.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The whole configuration of an edge, as a value.
 *
 * <p>For each area of readers there is a chain of links, one for each region in the area's order. A link has two servers, its
 * region and the rest of the chain, and tries each once. So a request that a region fails goes on to the next, whatever
 * number of them fails at once; HAProxy's own retries within one list would go to and fro between two.
 *
 * @param startsAsRoot whether the workers must give up the rights of root
 */
record EdgeConfiguration(HaproxyFolder folder, boolean startsAsRoot, StoredEdge edge) {
    static final String GENERATION = "generation";
    static final String POOLS = "pools";
    /** The backend that has the checks for HTTP; all others of HTTP follow it. */
    static final String REGIONS = "regions";

    /** An error of the app itself is tried in this many regions more, since it might be an error everywhere. */
    private static final int ERRORS_GO_ON = 2;

    private static final String FAILURES = "retry-on conn-failure empty-response response-timeout 502 503 504";
    private static final String SAFE_ONLY = "http-request disable-l7-retry unless { method GET HEAD OPTIONS }";

    /** Names everything but which regions are drained: that changes without a reload. */
    String generation() {
        return Fingerprint.of(new EdgeConfiguration(folder, startsAsRoot, edge.withDrained(Set.of())).text(""))
                .substring(0, 12);
    }

    /** The text of the file. */
    String text() {
        return text(generation());
    }

    private String text(String generation) {
        List<Section> sections = new ArrayList<>();
        sections.add(global(generation));
        edge.question().ifPresent(question -> sections.addAll(http(question)));
        if (!edge.connections().isEmpty()) {
            sections.add(Waiting.defaults());
            edge.connections().forEach(route -> sections.addAll(new TcpRoute(edge, route).sections()));
        }
        return "# Portolan writes this file.\n" + Section.text(sections);
    }

    /** The backends that check regions, each region as a server with its name. */
    static List<String> checks(StoredEdge edge) {
        List<String> checks = new ArrayList<>();
        edge.question().ifPresent(question -> checks.add(REGIONS));
        edge.connections().forEach(route -> checks.add(TcpRoute.checksOf(route)));
        return checks;
    }

    private List<Section> http(Question question) {
        List<Section> sections = new ArrayList<>();
        sections.add(DEFAULTS);
        sections.add(entrance());
        sections.add(regions(question));
        edge.pools().stream()
                .filter(pool -> pool.origins().size() > 1)
                .forEach(pool -> sections.addAll(hosts(pool, question)));
        edge.pools().forEach(pool -> sections.addAll(chain(pool)));
        return sections;
    }

    private Section global(String generation) {
        String description = GENERATION + "=" + generation + " " + POOLS + "=" + Words.name(edge.hash());
        return GlobalSection.of(description, folder, startsAsRoot);
    }

    private static final Section DEFAULTS = new Section(
            "defaults",
            List.of(
                    "mode http",
                    "timeout connect 500ms",
                    "timeout client 60s",
                    "timeout server 65s",
                    "timeout tunnel 1h",
                    "timeout http-keep-alive 60s",
                    "timeout http-request 10s",
                    "timeout queue 5s",
                    "timeout check 2s",
                    "option redispatch 1",
                    "retries 1",
                    FAILURES,
                    "http-error status 503 content-type \"text/plain; charset=utf-8\" string "
                            + Words.quoted("No region is ready to answer. Please try again in a moment.\n")
                            + " hdr Retry-After 1"));

    private Section entrance() {
        List<String> lines = new ArrayList<>(List.of(
                "bind :" + edge.port(),
                "option idle-close-on-response",
                "option forwardfor",
                "http-request set-header X-Forwarded-Proto http unless { req.hdr(X-Forwarded-Proto) -m found }"));
        lines.addAll(Areas.of(edge, pool -> link(pool, 0)));
        return new Section("frontend readers", lines);
    }

    private Section regions(Question question) {
        List<String> lines = new ArrayList<>(check(question));
        lines.add("default-server check inter 1s fastinter 100ms downinter 500ms rise 2 fall 2");
        edge.pools()
                .forEach(pool -> lines.add("server " + Words.name(pool.region()) + " " + address(pool)
                        + (edge.drained().contains(pool.region()) ? " disabled" : "")));
        return new Section("backend " + REGIONS, lines);
    }

    private static List<String> check(Question question) {
        return List.of(
                "option httpchk",
                "http-check send meth GET uri " + Words.quoted(question.health()) + " ver HTTP/1.1 hdr Host "
                        + Words.quoted(question.host()) + " hdr " + ProxySettings.READY_HEADER
                        + " 1 hdr Connection close",
                "http-check expect status 200");
    }

    /** A region with several hosts: requests spread over those that are healthy. */
    private List<Section> hosts(Pool pool, Question question) {
        String name = "hosts_" + Words.name(pool.region());
        List<String> lines = new ArrayList<>(List.of("balance roundrobin", SAFE_ONLY, "retries 3"));
        lines.addAll(check(question));
        lines.add("default-server check inter 1s fastinter 100ms downinter 500ms rise 2 fall 2 pool-max-conn 256");
        for (int index = 0; index < pool.origins().size(); index++) {
            lines.add("server h" + (index + 1) + " " + Words.name(pool.origins().get(index)));
        }
        return List.of(
                new Section("frontend " + name, List.of("bind " + socket(name), "default_backend " + name)),
                new Section("backend " + name, lines));
    }

    private List<Section> chain(Pool area) {
        List<Pool> order = Preference.from(area, edge.pools(), edge.primary());
        List<Section> sections = new ArrayList<>();
        for (int index = 0; index < order.size(); index++) {
            String name = link(area, index);
            if (index > 0) {
                sections.add(
                        new Section("frontend " + name, List.of("bind " + socket(name), "default_backend " + name)));
            }
            String region = Words.name(order.get(index).region());
            List<String> lines = new ArrayList<>(List.of(
                    "balance first",
                    SAFE_ONLY,
                    "http-request disable-l7-retry if !{ srv_is_up(" + REGIONS + "/" + region + ") }"));
            if (index < ERRORS_GO_ON) {
                lines.add(FAILURES + " 500");
            }
            lines.add("server " + region + " " + address(order.get(index)) + " track " + REGIONS + "/" + region
                    + " pool-max-conn 256");
            if (index + 1 < order.size()) {
                lines.add("server rest " + socket(link(area, index + 1)) + " pool-max-conn 256");
            }
            sections.add(new Section("backend " + name, lines));
        }
        return sections;
    }

    private String address(Pool pool) {
        return pool.origins().size() == 1 ? Words.name(pool.origins().getFirst()) : socket("hosts_" + pool.region());
    }

    private static String link(Pool area, int index) {
        return "near_" + Words.name(area.region()) + (index == 0 ? "" : "_" + (index + 1));
    }

    /** A socket of the kernel's abstract names, which the machine shares: hence the app and the port. */
    private String socket(String name) {
        return "abns@portolan-" + Words.name(edge.app()) + "-" + edge.port() + "-" + name;
    }
}
