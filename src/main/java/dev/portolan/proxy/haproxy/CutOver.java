package dev.portolan.proxy.haproxy;

import dev.portolan.haproxy.Asked;
import dev.portolan.haproxy.HaproxyException;
import dev.portolan.haproxy.Polling;
import dev.portolan.haproxy.RuntimeApi;
import dev.portolan.haproxy.ServerChange;
import dev.portolan.haproxy.ServerStatus;
import dev.portolan.haproxy.Snapshot;
import dev.portolan.model.ProxyServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One cut-over of all routes to a service: put the new servers into slots, wait for their health, send them the requests, let the
 * others drain. It looks before each change, so it may be begun again after it was cut off anywhere.
 */
final class CutOver {
    private final RuntimeApi api;
    private final Snapshot before;
    private final Predicate<String> routes;
    private final Consumer<List<ServerStatus>> beforePut;
    private final List<ProxyServer> wanted;
    private final long end;

    /**
     * @param before what the worker has just said
     * @param routes the names of the backends that are routes to the service
     * @param beforePut called with the slots whose servers begin to serve, before they do
     */
    CutOver(
            RuntimeApi api,
            Snapshot before,
            Predicate<String> routes,
            Consumer<List<ServerStatus>> beforePut,
            List<ProxyServer> wanted,
            Duration deadline) {
        this.api = api;
        this.before = before;
        this.routes = routes;
        this.beforePut = beforePut;
        this.wanted = wanted;
        this.end = System.nanoTime() + deadline.toNanos();
    }

    /**
     * Does it.
     *
     * @return what the worker says after it
     * @throws HaproxyException.Replaced when another worker takes the requests meanwhile, which may not know of this
     */
    Snapshot run() {
        Servers first = withRoom();
        if (isSo(first)) {
            return before;
        }
        Placed placed = place(first);
        Optional<Servers> ready = placed.changed().isEmpty() && allHealthy(first)
                ? Optional.of(first)
                : Polling.until(left(), () -> Optional.of(look()).filter(this::allHealthy));
        placed.done();
        if (ready.isEmpty()) {
            Servers failed = look();
            undo(placed.changed());
            throw refusal(failed);
        }
        return api.change(before.process(), switching(ready.get()));
    }

    private Servers look() {
        return Servers.of(api.snapshot(before.process()), routes);
    }

    private boolean isSo(Servers servers) {
        return allHealthy(servers) && switching(servers).isEmpty();
    }

    /** The slots, once each new server can have one. */
    private Servers withRoom() {
        Servers first = Servers.of(before, routes);
        if (hasRoom(first)) {
            return first;
        }
        return Polling.until(left(), () -> Optional.of(look()).filter(this::hasRoom))
                .orElseThrow(() -> new HaproxyException(
                        "the proxy has no free slot for " + names(wanted)
                                + ": servers of earlier releases still have requests in flight",
                        "wait for them or drain them, then run the command again"));
    }

    private boolean hasRoom(Servers servers) {
        return ports().allMatch(port -> usable(servers.forPort(port)).size()
                >= newServers(servers, port).size());
    }

    private IntStream ports() {
        return wanted.stream().mapToInt(ProxyServer::port).distinct();
    }

    private List<ProxyServer> newServers(Servers servers, int port) {
        return wanted.stream()
                .filter(server -> server.port() == port
                        && servers.at(Servers.addressOf(server)).isEmpty())
                .toList();
    }

    /** Slots that are checked and can be given away: free ones first, then those whose server has no request in flight. */
    private List<ServerStatus> usable(Servers servers) {
        Set<String> addresses = wanted.stream().map(Servers::addressOf).collect(Collectors.toSet());
        return servers.slots().stream()
                .filter(slot -> Slot.checked(slot.server())
                        && !Servers.inService(slot)
                        && slot.current() == 0
                        && !addresses.contains(slot.address()))
                .sorted(Comparator.comparing(slot -> !Servers.free(slot)))
                .toList();
    }

    private Placed place(Servers servers) {
        List<ServerChange> changes = new ArrayList<>();
        List<ServerStatus> changed = new ArrayList<>();
        ports().forEach(port -> {
            List<ProxyServer> missing = newServers(servers, port);
            List<ServerStatus> slots = usable(servers.forPort(port)).subList(0, missing.size());
            for (int index = 0; index < missing.size(); index++) {
                changes.addAll(Servers.put(slots.get(index), missing.get(index)));
            }
            changed.addAll(slots);
        });
        List<ServerStatus> filled = List.copyOf(changed);
        wanted.stream()
                .flatMap(server -> servers.at(Servers.addressOf(server)).stream())
                .filter(slot -> slot.mode() == ServerStatus.Mode.MAINTENANCE)
                .forEach(slot -> {
                    changes.addAll(Servers.check(slot));
                    changed.add(slot);
                });
        Asked<Boolean> noted = Asked.now(() -> {
            beforePut.accept(beginning(servers, filled));
            return true;
        });
        // what is asked from now on is answered after these
        Optional<RuntimeApi.Begun> begun =
                changes.isEmpty() ? Optional.empty() : Optional.of(api.begin(before.process(), changes));
        return new Placed(changed, begun, noted);
    }

    /**
     * Servers on their way into their slots.
     *
     * @param changed the slots, as they were
     */
    private record Placed(List<ServerStatus> changed, Optional<RuntimeApi.Begun> begun, Asked<Boolean> noted) {

        void done() {
            begun.ifPresent(RuntimeApi.Begun::done);
            noted.answer();
        }
    }

    /**
     * The slots that count from now on: also those that have the address already and get no requests, since what had it before may
     * have been another container, which died without being drained.
     */
    private List<ServerStatus> beginning(Servers servers, List<ServerStatus> slots) {
        return Stream.concat(
                        slots.stream(),
                        wanted.stream()
                                .flatMap(server -> servers.at(Servers.addressOf(server)).stream())
                                .filter(slot -> !Servers.inService(slot)))
                .toList();
    }

    private boolean allHealthy(Servers servers) {
        return wanted.stream()
                .allMatch(server -> servers.at(Servers.addressOf(server))
                        .filter(ServerStatus::healthy)
                        .isPresent());
    }

    /** The new ones first, so that there is always a server. */
    private List<ServerChange> switching(Servers servers) {
        Set<String> addresses = wanted.stream().map(Servers::addressOf).collect(Collectors.toCollection(HashSet::new));
        List<ServerChange> changes = new ArrayList<>();
        servers.taken().stream()
                .filter(slot ->
                        addresses.contains(slot.address()) && Slot.checked(slot.server()) && !Servers.inService(slot))
                .forEach(slot -> changes.addAll(Servers.use(slot)));
        servers.taken().stream()
                .filter(slot ->
                        Servers.provisional(slot) || (Servers.inService(slot) && !addresses.contains(slot.address())))
                .forEach(slot -> changes.addAll(Servers.drain(slot)));
        return changes;
    }

    private void undo(List<ServerStatus> changed) {
        List<ServerChange> changes = new ArrayList<>();
        for (ServerStatus slot : changed) {
            boolean kept =
                    wanted.stream().anyMatch(server -> Servers.addressOf(server).equals(slot.address()));
            changes.addAll(kept ? Servers.rest(slot) : Servers.clear(slot));
        }
        if (!changes.isEmpty()) {
            api.change(before.process(), changes);
        }
    }

    private HaproxyException refusal(Servers servers) {
        String sick = wanted.stream()
                .filter(server -> servers.at(Servers.addressOf(server))
                        .filter(ServerStatus::healthy)
                        .isEmpty())
                .map(server -> server.container() + " (" + Servers.addressOf(server) + ", "
                        + servers.at(Servers.addressOf(server))
                                .map(ServerStatus::checkText)
                                .orElse("not in the proxy")
                        + ")")
                .collect(Collectors.joining(", "));
        return new HaproxyException(
                "not healthy for the proxy in time: " + sick,
                "the servers before it still serve; see the container's logs, and the route's port and health path");
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    private static String names(List<ProxyServer> servers) {
        return servers.stream().map(ProxyServer::container).distinct().collect(Collectors.joining(", "));
    }
}
