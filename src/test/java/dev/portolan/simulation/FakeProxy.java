package dev.portolan.simulation;

import dev.portolan.model.HostId;
import dev.portolan.model.ProxyServer;
import dev.portolan.model.ProxySettings;
import dev.portolan.model.ProxyState;
import dev.portolan.model.ProxyState.RouteState;
import dev.portolan.proxy.HostProxy;
import dev.portolan.proxy.ProxyException;
import dev.portolan.proxy.ProxyGone;
import dev.portolan.simulation.Operations.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The proxy of a host: slots by route, of which some get new requests; a restart keeps only what was committed. */
final class FakeProxy implements HostProxy {
    private static final Duration POLL = Duration.ofMillis(100);

    private final HostId host;
    private final FakeMachine machine;
    private final World world;
    private Optional<ProxySettings> settings = Optional.empty();
    private boolean running;
    private final Map<String, List<Slot>> routes = new TreeMap<>();
    private Map<String, List<ProxyServer>> committed = new TreeMap<>();

    FakeProxy(HostId host, FakeMachine machine, World world) {
        this.host = host;
        this.machine = machine;
        this.world = world;
    }

    /** A server of a route. */
    static final class Slot {
        private final ProxyServer server;
        private final Set<FakeRequest> inFlight = new LinkedHashSet<>();
        private boolean ready;
        private long requests;
        private long errors;

        Slot(ProxyServer server, boolean ready) {
            this.server = server;
            this.ready = ready;
        }

        Set<FakeRequest> inFlight() {
            return inFlight;
        }

        /** A proxy knows servers by their addresses: the container may be called otherwise by now. */
        boolean isAmong(List<ProxyServer> servers) {
            return servers.stream()
                    .anyMatch(other -> other.address().equals(server.address()) && other.port() == server.port());
        }

        ProxyServer server() {
            return server;
        }

        boolean ready() {
            return ready;
        }

        void answered(boolean error) {
            requests++;
            errors += error ? 1 : 0;
        }

        private String address() {
            return server.address() + ":" + server.port();
        }
    }

    boolean running() {
        return running && machine.up();
    }

    HostId host() {
        return host;
    }

    FakeMachine machine() {
        return machine;
    }

    Set<String> services() {
        return routes.keySet();
    }

    /** Servers that would get a new request of the route now. */
    List<Slot> serving(String service) {
        return running()
                ? slots(service).stream()
                        .filter(slot -> slot.ready && healthy(slot))
                        .toList()
                : List.of();
    }

    Stream<Slot> slots() {
        return routes.values().stream().flatMap(List::stream);
    }

    List<Slot> slots(String service) {
        return routes.getOrDefault(service, List.of());
    }

    Map<String, List<ProxyServer>> committed() {
        return committed;
    }

    boolean healthy(Slot slot) {
        return machine.at(slot.server.address())
                .filter(container -> container.serves(world.now()))
                .isPresent();
    }

    /** Dies; its container's policy brings it back with what was committed. */
    void kill(long downFor) {
        world.trace().note(() -> "FAULT proxy of " + host + " is killed");
        lose();
        world.scheduler().after(downFor, this::boot);
    }

    /** All that it had only in memory is gone, and so are its connections. */
    void lose() {
        running = false;
        routes.values().stream()
                .flatMap(List::stream)
                .flatMap(slot -> List.copyOf(slot.inFlight).stream())
                .forEach(FakeRequest::close);
        routes.clear();
    }

    void boot() {
        if (settings.isPresent() && machine.up() && !running) {
            running = true;
            committed.forEach((service, servers) -> routes.put(
                    service,
                    servers.stream()
                            .map(server -> new Slot(server, true))
                            .collect(Collectors.toCollection(ArrayList::new))));
            world.trace().note(() -> "proxy of " + host + " starts with " + committed);
        }
    }

    @Override
    public ProxyState observe() {
        return perform(Kind.READS, "observe", () -> {
            if (!running()) {
                return ProxyState.ABSENT;
            }
            Map<String, RouteState> states = new TreeMap<>();
            routes.forEach((service, slots) -> states.put(
                    service,
                    new RouteState(
                            slots.stream()
                                    .filter(Slot::ready)
                                    .map(Slot::address)
                                    .collect(Collectors.toSet()),
                            slots.stream()
                                    .filter(slot -> !slot.ready)
                                    .map(Slot::address)
                                    .toList())));
            return new ProxyState(true, settings.map(ProxySettings::hash).orElse(""), states);
        });
    }

    @Override
    public List<String> taken(ProxySettings wanted) {
        return List.of();
    }

    @Override
    public void ensure(ProxySettings wanted) {
        perform(Kind.CHANGES, "ensure " + wanted.binds(), () -> {
            settings = Optional.of(wanted);
            boot();
            wanted.routes()
                    .forEach(route -> routes.computeIfAbsent(route.route().service(), _ -> new ArrayList<>()));
            return true;
        });
    }

    @Override
    public void cutOver(String service, List<ProxyServer> servers, Duration deadline) {
        List<Slot> added = perform(Kind.CHANGES, "cut over " + service + ": adds " + names(servers), () -> {
            List<Slot> placed = place(service, servers);
            return placed;
        });
        long end = world.now() + deadline.toNanos();
        while (true) {
            checkRunning();
            Optional<ProxyServer> sick = servers.stream()
                    .filter(server ->
                            !slotOf(service, server).map(this::healthy).orElse(false))
                    .findFirst();
            if (sick.isEmpty()) {
                break;
            }
            if (world.now() >= end) {
                routes.getOrDefault(service, new ArrayList<>()).removeAll(added);
                throw new ProxyException(sick.get() + " is not healthy", "look at its logs");
            }
            world.scheduler().sleep(POLL);
        }
        perform(Kind.CHANGES, "cut over " + service + ": readers to " + names(servers), () -> {
            checkRunning();
            servers.forEach(server -> slotOf(service, server).orElseThrow().ready = true);
            world.invariants().inService(this, service, servers);
            return true;
        });
        perform(Kind.CHANGES, "cut over " + service + ": drains all but " + names(servers), () -> {
            checkRunning();
            world.invariants()
                    .keepsReaders(
                            "cut over of " + service + " on " + host,
                            () -> slots(service).stream()
                                    .filter(slot -> !slot.isAmong(servers))
                                    .forEach(slot -> slot.ready = false));
            return true;
        });
    }

    private List<Slot> place(String service, List<ProxyServer> servers) {
        checkRunning();
        int limit = settings.stream()
                .flatMap(known -> known.routes().stream())
                .filter(route -> route.route().service().equals(service))
                .mapToInt(ProxySettings.ProxyRoute::slots)
                .sum();
        if (limit == 0) {
            throw new ProxyException("no route " + service, "look at the simulation");
        }
        List<Slot> slots = routes.computeIfAbsent(service, _ -> new ArrayList<>());
        List<Slot> missing = servers.stream()
                .filter(server -> slotOf(service, server).isEmpty())
                .map(server -> new Slot(server, false))
                .toList();
        while (slots.size() + missing.size() > limit) {
            Slot idle = slots.stream()
                    .filter(slot -> !slot.ready && slot.inFlight.isEmpty() && !slot.isAmong(servers))
                    .findFirst()
                    .orElseThrow(() -> new ProxyException(
                            "no free slot for " + service + " on " + host, "wait until old containers drained"));
            slots.remove(idle);
        }
        slots.addAll(missing);
        return missing;
    }

    @Override
    public int drain(String service, List<ProxyServer> servers, Duration deadline) {
        List<Slot> leaving = perform(Kind.CHANGES, "drain " + names(servers), () -> {
            List<Slot> found = slots(service).stream()
                    .filter(slot -> slot.isAmong(servers))
                    .toList();
            world.invariants().keepsReaders("drain on " + host, () -> found.forEach(slot -> slot.ready = false));
            return found;
        });
        long end = world.now() + deadline.toNanos();
        while (leaving.stream().anyMatch(slot -> !slot.inFlight.isEmpty()) && world.now() < end) {
            world.scheduler().sleep(POLL);
            checkRunning();
        }
        return perform(Kind.CHANGES, "drained " + names(servers), () -> {
            List<FakeRequest> late =
                    leaving.stream().flatMap(slot -> slot.inFlight.stream()).toList();
            late.forEach(FakeRequest::close);
            routes.getOrDefault(service, new ArrayList<>()).removeIf(slot -> leaving.contains(slot) && !slot.ready);
            return late.size();
        });
    }

    @Override
    public void commit() {
        perform(Kind.CHANGES, "commit", () -> {
            checkRunning();
            Set<String> known = settings.stream()
                    .flatMap(wanted -> wanted.routes().stream())
                    .map(route -> route.route().service())
                    .collect(Collectors.toSet());
            routes.keySet().retainAll(known);
            committed = new TreeMap<>();
            routes.forEach((service, slots) -> committed.put(
                    service,
                    slots.stream().filter(Slot::ready).map(Slot::server).toList()));
            return true;
        });
    }

    @Override
    public void remove() {
        perform(Kind.CHANGES, "remove", () -> {
            world.invariants().keepsReaders("removal of the proxy of " + host, this::lose);
            settings = Optional.empty();
            committed = new TreeMap<>();
            return true;
        });
    }

    @Override
    public Map<String, Figures> figures(String service) {
        return perform(Kind.READS, "figures of " + service, () -> {
            checkRunning();
            return slots(service).stream()
                    .collect(Collectors.toMap(
                            Slot::address,
                            slot -> new Figures(slot.requests, slot.errors, 0, healthy(slot), slot.inFlight.size())));
        });
    }

    private Optional<Slot> slotOf(String service, ProxyServer server) {
        return slots(service).stream()
                .filter(slot -> slot.isAmong(List.of(server)))
                .findFirst();
    }

    private void checkRunning() {
        if (!running()) {
            throw new ProxyGone("the proxy of " + host + " does not run", "look at the simulation");
        }
    }

    private static String names(List<ProxyServer> servers) {
        return servers.stream()
                .map(server -> server.container() + "@" + server.address())
                .collect(Collectors.joining(", "));
    }

    private <T> T perform(Kind kind, String what, Supplier<T> effect) {
        return world.operations()
                .perform(
                        machine,
                        kind,
                        "proxy " + host.region() + ": " + what,
                        effect,
                        message -> new ProxyException(message, "look at the simulation"));
    }
}
