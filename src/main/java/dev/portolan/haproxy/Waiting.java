package dev.portolan.haproxy;

import java.time.Duration;
import java.util.List;

/**
 * How a new connection of TCP waits while there is no server for it. HAProxy closes one for which it has none at all, so there is
 * always one more, which is used only when nothing else is: nobody answers there, and HAProxy tries again after a pause, by then
 * perhaps elsewhere.
 */
public final class Waiting {
    /** No slot and no region is called this. */
    public static final String NOBODY = ":nobody";

    /** Refuses each connection at once, but not within the call: then HAProxy would make no pause. */
    private static final String REFUSING = "127.255.255.254:1";

    private static final Duration CONNECT = Duration.ofMillis(500);

    private Waiting() {}

    /**
     * The defaults of every section of TCP. A connection may be silent for as long as it likes, as without a proxy; one whose other
     * end is gone without a word is found by the kernel's probes.
     */
    public static Section defaults() {
        return new Section(
                "defaults",
                List.of(
                        "mode tcp",
                        "timeout connect " + CONNECT.toMillis() + "ms",
                        "timeout client 24d",
                        "timeout server 24d",
                        "timeout check 2s",
                        "option clitcpka",
                        "clitcpka-idle 60s",
                        "option srvtcpka",
                        "srvtcpka-idle 60s",
                        "option redispatch 1"));
    }

    /** The line that says how often a connection is tried: HAProxy's pause after a failure is its time limit for connecting. */
    public static String retries(Duration patience) {
        return "retries " + Math.max(1, patience.dividedBy(CONNECT));
    }

    /** The line of the server that is nobody. */
    public static String server() {
        return "server " + NOBODY + " " + REFUSING + " backup no-check";
    }
}
