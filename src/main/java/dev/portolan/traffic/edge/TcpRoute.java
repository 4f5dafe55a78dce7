package dev.portolan.traffic.edge;

import dev.portolan.haproxy.Section;
import dev.portolan.haproxy.Waiting;
import dev.portolan.haproxy.Words;
import dev.portolan.model.Pools.Pool;
import dev.portolan.model.ProxySettings;
import dev.portolan.model.Route;
import java.util.ArrayList;
import java.util.List;

/**
 * A route of TCP at the edge. Whether a region can take its connections is asked of the region's proxy by HTTP, since that takes
 * every connection and lets it wait. A connection that could not be made is tried again until one can, so no chain of links is
 * needed: what fails is soon known to be down.
 */
record TcpRoute(StoredEdge edge, Route.Tcp route) {

    /** The backend that has the route's checks. */
    static String checksOf(Route.Tcp route) {
        return EdgeConfiguration.REGIONS + ":" + route.listen();
    }

    List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        List<String> entrance = new ArrayList<>(List.of("bind :" + route.listen()));
        entrance.addAll(Areas.of(edge, this::near));
        sections.add(new Section("frontend readers:" + route.listen(), entrance));
        sections.add(checks());
        edge.pools().forEach(area -> sections.add(choice(area)));
        return sections;
    }

    private Section checks() {
        List<String> lines = new ArrayList<>(List.of(
                "option httpchk",
                "http-check send meth GET uri / ver HTTP/1.1 hdr Host localhost hdr " + ProxySettings.READY_HEADER + " "
                        + Words.quoted(ProxySettings.readyName(edge.app(), route.listen())) + " hdr Connection close",
                "http-check expect status 200",
                "default-server check inter 1s fastinter 100ms downinter 500ms rise 2 fall 2"));
        for (Pool pool : edge.pools()) {
            boolean drained = edge.drained().contains(pool.region());
            for (int index = 0; index < pool.origins().size(); index++) {
                String origin = pool.origins().get(index);
                lines.add(server(pool, index) + " port " + origin.substring(origin.lastIndexOf(':') + 1)
                        + (drained ? " disabled" : ""));
            }
        }
        return new Section("backend " + checksOf(route), lines);
    }

    private Section choice(Pool area) {
        List<String> lines = new ArrayList<>(List.of("balance first", Waiting.retries(edge.patience())));
        for (Pool pool : Preference.from(area, edge.pools(), edge.primary())) {
            for (int index = 0; index < pool.origins().size(); index++) {
                lines.add(server(pool, index) + " track " + checksOf(route) + "/" + name(pool, index));
            }
        }
        lines.add(Waiting.server());
        return new Section("backend " + near(area), lines);
    }

    private String server(Pool pool, int index) {
        return "server " + name(pool, index) + " "
                + Words.name(pool.origins(route).get(index));
    }

    /** The region's name, and for a further host of the region its number. */
    private static String name(Pool pool, int index) {
        return Words.name(pool.region()) + (index == 0 ? "" : ":" + (index + 1));
    }

    /** The region whose server has this name. */
    static String regionOf(String server) {
        return server.split(":", -1)[0];
    }

    private String near(Pool area) {
        return "near_" + area.region() + ":" + route.listen();
    }
}
