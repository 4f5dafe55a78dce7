package dev.portolan.proxy.haproxy;

import dev.portolan.haproxy.Words;
import dev.portolan.model.ProxySettings;
import dev.portolan.model.Route;
import java.util.ArrayList;
import java.util.List;

/** What a backend of HTTP says before it names its servers. */
record HttpLines(Backend backend, Protocol.Http http) {
    private static final String STICKY_FOR = "4h";

    List<String> all() {
        List<String> lines = new ArrayList<>();
        lines.add("balance roundrobin");
        lines.add(ready());
        http.sticky().map(Words::name).ifPresent(cookie -> lines.addAll(stickiness(cookie)));
        lines.add("option httpchk");
        lines.add(check());
        lines.add("http-check expect status 200");
        return lines;
    }

    String check() {
        return "http-check send meth GET uri " + Words.quoted(http.health()) + " ver HTTP/1.1 hdr Host "
                + Words.quoted(checkHost()) + " hdr Connection close";
    }

    /**
     * A server answers by its own health path. HAProxy must not answer for it, since after a start it takes every server for up until
     * a check has failed; only for servers that do not know the path it does, and they served before.
     */
    private String ready() {
        String asked = "{ req.hdr(" + ProxySettings.READY_HEADER + ") -m found }";
        return backend.taken().values().stream().allMatch(Slot::checked)
                ? "http-request set-uri " + Words.quoted(http.health()) + " if " + asked
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
        lines.add("http-request set-var(txn.slot) " + asked + ",table_server_id(" + backend.name() + ")");
        for (int number = 1; number <= backend.size(); number++) {
            lines.add("http-request set-var(txn.stays) bool(true) if { var(txn.slot) -m int " + number
                    + " } { srv_weight(" + backend.name() + "/" + backend.slotName(number) + ") gt 0 }");
        }
        lines.add("stick match " + asked + " if { var(txn.stays) -m bool }");
        lines.add("stick store-request " + asked);
        lines.add("stick store-response res.cook(" + cookie + "),sha1");
        return lines;
    }

    private String checkHost() {
        return http.hosts().stream()
                .filter(host -> !host.equals(Route.ANY_HOST))
                .findFirst()
                .orElse("localhost");
    }
}
