package dev.portolan.proxy.haproxy;

import dev.portolan.haproxy.HaproxyException;
import dev.portolan.json.Json;
import dev.portolan.json.MalformedJson;
import dev.portolan.model.ProxySettings;
import dev.portolan.model.ProxySettings.ProxyRoute;
import dev.portolan.model.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a host remembers of one app's part in its proxy: a file of its own, so that apps that share a proxy do not write over
 * each other.
 *
 * @param settings as last asked for
 * @param former routes that the settings no longer have and that serve until the next commit
 * @param committed address by number of the slot, by {@code service:port}: what serves after a restart
 */
record StoredApp(ProxySettings settings, List<ProxyRoute> former, Map<String, Map<Integer, String>> committed) {

    StoredApp {
        former = List.copyOf(former);
        committed = Map.copyOf(committed);
    }

    static StoredApp of(ProxySettings settings) {
        return new StoredApp(settings, List.of(), Map.of());
    }

    static StoredApp fromJson(String name, String json) {
        try {
            return Json.read(json, StoredApp.class);
        } catch (MalformedJson e) {
            throw new HaproxyException(
                    name + " on the host is damaged: " + e.getMessage(),
                    "remove that file and deploy again; what is in service stays so");
        }
    }

    String toJson() {
        return Json.write(this) + "\n";
    }

    /** With other settings; the routes that they leave out stay until the next commit. */
    StoredApp with(ProxySettings next) {
        List<String> wanted = keys(next.routes());
        List<ProxyRoute> left = new ArrayList<>();
        settings.routes().stream().filter(route -> !wanted.contains(key(route))).forEach(left::add);
        List<String> known = keys(left);
        former.stream()
                .filter(route -> !wanted.contains(key(route)) && !known.contains(key(route)))
                .forEach(left::add);
        return new StoredApp(next, left, committed);
    }

    StoredApp withCommitted(Map<String, Map<Integer, String>> servers) {
        return new StoredApp(settings, List.of(), servers);
    }

    /** As HAProxy is to serve it, with the committed servers in the slots. */
    AppPart part() {
        List<Backend> backends = new ArrayList<>(backends(settings.routes()));
        backends.addAll(backends(former));
        return new AppPart(settings.app(), settings.bind(), settings.hash(), backends);
    }

    /** Those of the settings alone. */
    List<Backend> wanted() {
        return backends(settings.routes());
    }

    private List<Backend> backends(List<ProxyRoute> routes) {
        return keys(routes).stream()
                .map(key -> backend(
                        routes.stream().filter(route -> key(route).equals(key)).toList()))
                .toList();
    }

    private Backend backend(List<ProxyRoute> routes) {
        Route first = routes.getFirst().route();
        TreeMap<Integer, Slot> taken = new TreeMap<>();
        committed
                .getOrDefault(key(routes.getFirst()), Map.of())
                .forEach((number, address) -> taken.put(number, new Slot(address, true)));
        return new Backend(
                settings.app(),
                first.service(),
                first.port(),
                protocol(routes),
                routes.stream().mapToInt(ProxyRoute::slots).max().orElse(0),
                taken);
    }

    /** Several host names may lead to one port; the first route has the say on everything else. */
    private static Protocol protocol(List<ProxyRoute> routes) {
        return switch (routes.getFirst()) {
            case ProxyRoute.Http(var http, var slots) ->
                new Protocol.Http(
                        Route.http(routes.stream().map(ProxyRoute::route).toList()).stream()
                                .map(Route.Http::host)
                                .distinct()
                                .toList(),
                        http.health(),
                        http.sticky());
            case ProxyRoute.Tcp(var tcp, var slots, var bind, var patience) ->
                new Protocol.Tcp(tcp.listen(), bind, patience);
        };
    }

    private static String key(ProxyRoute route) {
        return Backend.key(route.route().service(), route.route().port());
    }

    private static List<String> keys(List<ProxyRoute> routes) {
        return routes.stream().map(StoredApp::key).distinct().toList();
    }
}
