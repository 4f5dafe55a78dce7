package dev.portolan.traffic.edge;

import dev.portolan.haproxy.HaproxyException;
import dev.portolan.json.Json;
import dev.portolan.json.MalformedJson;
import dev.portolan.model.Pools;
import dev.portolan.model.Pools.Pool;
import dev.portolan.model.Route;
import dev.portolan.model.TrafficSettings;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the edge of an app remembers.
 *
 * @param hash of the pools it was set up with
 * @param host of the requests by which the edge checks a region
 * @param health path of them
 * @param drained regions that get no readers, also after a restart
 */
record StoredEdge(
        String app,
        String hash,
        int port,
        String primary,
        String host,
        String health,
        List<Pool> pools,
        Set<String> drained) {

    StoredEdge {
        pools = List.copyOf(pools);
        drained = Set.copyOf(drained);
    }

    static StoredEdge of(Pools pools, Set<String> drained) {
        int port = switch (pools.settings()) {
            case TrafficSettings.Edge(int edgePort) -> edgePort;
            case TrafficSettings.None() ->
                throw new IllegalArgumentException("the app " + pools.app() + " has no edge");
        };
        if (pools.routes().isEmpty()) {
            throw new HaproxyException(
                    "the app " + pools.app() + " has an edge and no route", "name a service under 'routes'");
        }
        Route route = pools.routes().getFirst();
        Set<String> known = pools.pools().stream().map(Pool::region).collect(Collectors.toSet());
        known.retainAll(drained);
        return new StoredEdge(
                pools.app(),
                pools.hash(),
                port,
                pools.primary(),
                route.host().equals(Route.ANY_HOST) ? "localhost" : route.host(),
                route.health(),
                pools.pools(),
                known);
    }

    StoredEdge drain(String region) {
        Set<String> more = new TreeSet<>(drained);
        more.add(region);
        return withDrained(more);
    }

    StoredEdge undrain(String region) {
        Set<String> fewer = new TreeSet<>(drained);
        fewer.remove(region);
        return withDrained(fewer);
    }

    StoredEdge withDrained(Set<String> regions) {
        return new StoredEdge(app, hash, port, primary, host, health, pools, regions);
    }

    static StoredEdge fromJson(String json) {
        try {
            return Json.read(json, StoredEdge.class);
        } catch (MalformedJson e) {
            throw new HaproxyException(
                    "what the edge remembers is damaged: " + e.getMessage(),
                    "remove its pools.json and deploy again; readers are served meanwhile");
        }
    }

    String toJson() {
        return Json.write(this) + "\n";
    }
}
