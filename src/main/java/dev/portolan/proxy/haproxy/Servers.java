package dev.portolan.proxy.haproxy;

import dev.portolan.haproxy.ServerChange;
import dev.portolan.haproxy.ServerStatus;
import dev.portolan.haproxy.Snapshot;
import dev.portolan.model.ProxyServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The slots of one backend, or of all routes to a service, at one moment, and the changes that move servers through them. A slot is
 * free, has a server that is in service (ready), or one that gets no new request (drain, or maintenance after a restart with what
 * drained before it).
 */
record Servers(List<ServerStatus> slots) {

    Servers {
        slots = List.copyOf(slots);
    }

    /** The slots that a worker has for a backend; none when it does not know it. */
    static Servers of(Snapshot now, String backend) {
        return of(now, backend::equals);
    }

    /** Those of the backends whose name is one of these. */
    static Servers of(Snapshot now, Predicate<String> backends) {
        return new Servers(now.servers().stream()
                .filter(slot -> backends.test(slot.backend()) && Slot.is(slot.server()))
                .toList());
    }

    /** Those for servers with this port of their containers. */
    Servers forPort(int port) {
        return new Servers(slots.stream()
                .filter(slot -> slot.backend().endsWith(":" + port))
                .toList());
    }

    static String addressOf(ProxyServer server) {
        return server.address() + ":" + server.port();
    }

    static boolean free(ServerStatus slot) {
        return slot.address().equals(Slot.NOWHERE);
    }

    static boolean inService(ServerStatus slot) {
        return !free(slot) && slot.mode() == ServerStatus.Mode.READY;
    }

    /** Whether the slot's server is in service without having passed the check that there is now. */
    static boolean provisional(ServerStatus slot) {
        return inService(slot) && !Slot.checked(slot.server());
    }

    /** The server at an address, if its check asks it. */
    Optional<ServerStatus> at(String address) {
        return slots.stream()
                .filter(slot -> slot.address().equals(address) && Slot.checked(slot.server()))
                .findFirst();
    }

    List<ServerStatus> taken() {
        return slots.stream().filter(slot -> !free(slot)).toList();
    }

    /** What is in the slots, by number. */
    Map<Integer, Slot> contents() {
        return taken().stream()
                .collect(Collectors.toMap(
                        slot -> Slot.number(slot.server()),
                        slot -> new Slot(slot.address(), inService(slot), !provisional(slot)),
                        (first, second) -> first,
                        TreeMap::new));
    }

    /** Puts a server into a slot, to be checked and not to be used yet. */
    static List<ServerChange> put(ServerStatus slot, ProxyServer server) {
        List<ServerChange> changes = new ArrayList<>(clear(slot));
        changes.add(new ServerChange.Address(slot.backend(), slot.server(), server.address(), server.port()));
        changes.addAll(check(slot));
        return changes;
    }

    /** Takes a server out of its slot. */
    static List<ServerChange> clear(ServerStatus slot) {
        String[] nowhere = Slot.NOWHERE.split(":", 2);
        return List.of(
                new ServerChange.Mode(slot.backend(), slot.server(), ServerStatus.Mode.MAINTENANCE),
                new ServerChange.Address(slot.backend(), slot.server(), nowhere[0], Integer.parseInt(nowhere[1])));
    }

    /** Lets a server be checked that is not: what the check found before does not count. */
    static List<ServerChange> check(ServerStatus slot) {
        List<ServerChange> changes = new ArrayList<>(drain(slot));
        changes.add(new ServerChange.Unhealthy(slot.backend(), slot.server()));
        return changes;
    }

    /** Sends a server requests. */
    static List<ServerChange> use(ServerStatus slot) {
        return List.of(
                new ServerChange.Weight(slot.backend(), slot.server(), 100),
                new ServerChange.Mode(slot.backend(), slot.server(), ServerStatus.Mode.READY));
    }

    /** Sends a server no more requests: not even of readers that stick to it, who are known by its weight. */
    static List<ServerChange> drain(ServerStatus slot) {
        return List.of(
                new ServerChange.Weight(slot.backend(), slot.server(), 0),
                new ServerChange.Mode(slot.backend(), slot.server(), ServerStatus.Mode.DRAIN));
    }

    /** Puts a slot back into maintenance with what is in it. */
    static List<ServerChange> rest(ServerStatus slot) {
        return List.of(new ServerChange.Mode(slot.backend(), slot.server(), ServerStatus.Mode.MAINTENANCE));
    }
}
