package dev.portolan.proxy.haproxy;

import dev.portolan.haproxy.Section;
import dev.portolan.haproxy.Words;
import dev.portolan.model.Fingerprint;
import dev.portolan.model.ProxySettings;
import dev.portolan.model.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A route of an app as HAProxy is to serve it.
 *
 * @param hosts names whose requests it gets, {@link Route#ANY_HOST} for all others
 * @param health path of the check
 * @param sticky the app's cookie, if any
 * @param slots how many servers it can hold, at least
 * @param taken what is in the slots, by number from 1
 */
record Backend(
        String app,
        String service,
        List<String> hosts,
        String health,
        Optional<String> sticky,
        int slots,
        SortedMap<Integer, Slot> taken) {
    private static final String STICKY_FOR = "4h";

    Backend {
        hosts = List.copyOf(hosts);
    }

    static String name(String app, String service) {
        return Words.name(app) + "." + Words.name(service);
    }

    String name() {
        return name(app, service);
    }

    Backend with(Map<Integer, Slot> servers) {
        return new Backend(app, service, hosts, health, sticky, slots, new TreeMap<>(servers));
    }

    /** Room for what is there and for as many new servers as the route was made for. */
    private int size() {
        int highest = taken.isEmpty() ? 0 : taken.lastKey();
        int room = taken.isEmpty() ? 0 : taken.size() + (slots + 1) / 2;
        return Math.max(slots, Math.max(highest, room));
    }

    Section section() {
        List<String> lines = new ArrayList<>();
        lines.add("balance roundrobin");
        lines.add(ready());
        sticky.map(Words::name).ifPresent(cookie -> lines.addAll(stickiness(cookie)));
        lines.add("option httpchk");
        lines.add(check());
        lines.add("http-check expect status 200");
        lines.add("default-server check inter 250ms fastinter 100ms downinter 250ms rise 2 fall 3 pool-max-conn 256");
        for (int number = 1; number <= size(); number++) {
            lines.add(server(number));
        }
        return new Section("backend " + name(), lines);
    }

    /**
     * A server answers by its own health path. HAProxy must not answer for it, since after a start it takes every server for up until
     * a check has failed; only for servers that do not know the path it does, and they served before.
     */
    private String ready() {
        String asked = "{ req.hdr(" + ProxySettings.READY_HEADER + ") -m found }";
        return taken.values().stream().allMatch(Slot::checked)
                ? "http-request set-uri " + Words.quoted(health) + " if " + asked
                : "http-request return status 200 if " + asked + " { nbsrv gt 0 }";
    }

    /**
     * Keeps a reader on the server that has seen the cookie's value. HAProxy itself would send such a reader to a server that
     * drains, too; the slot's weight, 0 while it drains, prevents that.
     */
    private List<String> stickiness(String cookie) {
        String asked = "req.cook(" + cookie + "),sha1";
        List<String> lines = new ArrayList<>();
        lines.add("stick-table type binary len 20 size 100k expire " + STICKY_FOR);
        lines.add("http-request set-var(txn.slot) " + asked + ",table_server_id(" + name() + ")");
        for (int number = 1; number <= size(); number++) {
            lines.add("http-request set-var(txn.stays) bool(true) if { var(txn.slot) -m int " + number
                    + " } { srv_weight(" + name() + "/" + slotName(number) + ") gt 0 }");
        }
        lines.add("stick match " + asked + " if { var(txn.stays) -m bool }");
        lines.add("stick store-request " + asked);
        lines.add("stick store-response res.cook(" + cookie + "),sha1");
        return lines;
    }

    /** What the description calls {@link #check()}. */
    String checkHash() {
        return Fingerprint.of(check()).substring(0, 12);
    }

    private String check() {
        return "http-check send meth GET uri " + Words.quoted(health) + " ver HTTP/1.1 hdr Host "
                + Words.quoted(checkHost()) + " hdr Connection close";
    }

    private String checkHost() {
        return hosts.stream()
                .filter(host -> !host.equals(Route.ANY_HOST))
                .findFirst()
                .orElse("localhost");
    }

    private String server(int number) {
        Optional<Slot> slot = Optional.ofNullable(taken.get(number));
        String address = Words.name(slot.map(Slot::address).orElse(Slot.NOWHERE));
        boolean inService = slot.map(Slot::inService).orElse(false);
        return "server " + slotName(number) + " " + address + " id " + number + (inService ? "" : " disabled")
                + (checked(number) ? "" : " no-check");
    }

    private String slotName(int number) {
        return Slot.name(number, checked(number));
    }

    private boolean checked(int number) {
        return Optional.ofNullable(taken.get(number)).map(Slot::checked).orElse(true);
    }
}
