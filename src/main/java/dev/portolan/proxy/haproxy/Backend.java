package dev.portolan.proxy.haproxy;

import dev.portolan.haproxy.Section;
import dev.portolan.haproxy.Waiting;
import dev.portolan.haproxy.Words;
import dev.portolan.model.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What the routes to one port of a service's containers are for HAProxy. Its name says which port of which service, and the
 * addresses of its servers say the port, too.
 *
 * @param port of the containers
 * @param slots how many servers it can hold, at least
 * @param taken what is in the slots, by number from 1
 */
record Backend(String app, String service, int port, Protocol protocol, int slots, SortedMap<Integer, Slot> taken) {

    String name() {
        return prefix(app) + key(service, port);
    }

    /** What it is called among those of its app. No service's name has a colon. */
    static String key(String service, int port) {
        return Words.name(service) + ":" + port;
    }

    /** The service of the backend with this name, if it is one of the app's. */
    static Optional<String> serviceOf(String app, String name) {
        String prefix = prefix(app);
        return name.startsWith(prefix)
                ? Optional.of(name.substring(prefix.length(), name.lastIndexOf(':')))
                : Optional.empty();
    }

    private static String prefix(String app) {
        return Words.name(app) + ".";
    }

    Backend with(Map<Integer, Slot> servers) {
        return new Backend(app, service, port, protocol, slots, new TreeMap<>(servers));
    }

    /** Room for what is there and for as many new servers as the route was made for. */
    int size() {
        int highest = taken.isEmpty() ? 0 : taken.lastKey();
        int room = taken.isEmpty() ? 0 : taken.size() + (slots + 1) / 2;
        return Math.max(slots, Math.max(highest, room));
    }

    Section section() {
        List<String> lines = new ArrayList<>();
        switch (protocol) {
            case Protocol.Http http -> {
                lines.addAll(new HttpLines(this, http).all());
                lines.addAll(servers());
            }
            case Protocol.Tcp tcp -> {
                lines.add("balance leastconn");
                lines.add(Waiting.retries(tcp.patience()));
                lines.addAll(servers());
                lines.add(Waiting.server());
            }
        }
        return new Section("backend " + name(), lines);
    }

    /** What the description calls the check of the servers. */
    String checkHash() {
        String check = switch (protocol) {
            case Protocol.Http http -> new HttpLines(this, http).check();
            case Protocol.Tcp tcp -> "connect";
        };
        return Fingerprint.of(check).substring(0, 12);
    }

    /** Conditions of which one holds while a server gets new readers. */
    List<String> ready() {
        return IntStream.rangeClosed(1, size())
                .mapToObj(number -> name() + "/" + slotName(number))
                .map(slot -> "{ srv_is_up(" + slot + ") } { srv_weight(" + slot + ") gt 0 }")
                .toList();
    }

    String slotName(int number) {
        return Slot.name(number, checked(number));
    }

    private List<String> servers() {
        List<String> lines = new ArrayList<>();
        lines.add("default-server check inter 250ms fastinter 100ms downinter 250ms rise 2 fall 3 pool-max-conn 256");
        IntStream.rangeClosed(1, size()).forEach(number -> lines.add(server(number)));
        return lines;
    }

    private String server(int number) {
        Optional<Slot> slot = Optional.ofNullable(taken.get(number));
        String address = Words.name(slot.map(Slot::address).orElse(Slot.NOWHERE));
        boolean inService = slot.map(Slot::inService).orElse(false);
        return "server " + slotName(number) + " " + address + " id " + number + (inService ? "" : " disabled")
                + (checked(number) ? "" : " no-check");
    }

    private boolean checked(int number) {
        return Optional.ofNullable(taken.get(number)).map(Slot::checked).orElse(true);
    }
}
