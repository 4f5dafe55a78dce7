package dev.portolan.traffic.edge;

import dev.portolan.haproxy.HaproxyException;
import dev.portolan.json.Json;
import dev.portolan.json.MalformedJson;
import dev.portolan.model.Pools;
import dev.portolan.model.Pools.Pool;
import dev.portolan.model.Route;
import dev.portolan.model.TrafficSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the edge of an app remembers.
 *
 * @param hash of the pools it was set up with
 * @param port for HTTP
 * @param question by which the edge checks a region for HTTP; empty when no route is for HTTP
 * @param connections the routes of TCP
 * @param patience how long a new connection of TCP waits while no region can take it
 * @param drained regions that get no readers, also after a restart
 */
record StoredEdge(
        String app,
        String hash,
        int port,
        String primary,
        Optional<Question> question,
        List<Route.Tcp> connections,
        Duration patience,
        List<Pool> pools,
        Set<String> drained) {

    StoredEdge {
        connections = List.copyOf(connections);
        pools = List.copyOf(pools);
        drained = Set.copyOf(drained);
    }

    /**
     * A request by which the edge checks a region.
     *
     * @param host name in it
     * @param health path of it
     */
    record Question(String host, String health) {

        static Question of(Route.Http route) {
            return new Question(route.host().equals(Route.ANY_HOST) ? "localhost" : route.host(), route.health());
        }
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
        Set<String> known = pools.pools().stream().map(Pool::region).collect(Collectors.toSet());
        known.retainAll(drained);
        return new StoredEdge(
                pools.app(),
                pools.hash(),
                port,
                pools.primary(),
                Route.http(pools.routes()).stream().findFirst().map(Question::of),
                Route.tcp(pools.routes()),
                pools.patience(),
                pools.pools(),
                known);
    }

    /** Where readers arrive. */
    List<String> binds() {
        return Stream.concat(
                        question.stream().map(asked -> ":" + port),
                        connections.stream().map(route -> ":" + route.listen()))
                .toList();
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
        return new StoredEdge(app, hash, port, primary, question, connections, patience, pools, regions);
    }

    /** Where the readers of no area in particular are at home. */
    Pool home() {
        return pools.stream()
                .filter(pool -> pool.region().equals(primary))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no primary " + primary));
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
