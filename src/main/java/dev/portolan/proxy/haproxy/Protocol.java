package dev.portolan.proxy.haproxy;

import dev.portolan.model.Route;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the readers of a route speak. */
sealed interface Protocol {

    /**
     * Requests.
     *
     * @param hosts names whose requests it gets, {@link Route#ANY_HOST} for all others
     * @param health path of the check
     * @param sticky the app's cookie, if any
     */
    record Http(List<String> hosts, String health, Optional<String> sticky) implements Protocol {

        public Http {
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * Connections.
     *
     * @param listen the port by which readers and the traffic layer know the route
     * @param bind address and port on which they arrive at this proxy
     * @param patience how long a new one waits for a server while there is none
     */
    record Tcp(int listen, String bind, Duration patience) implements Protocol {}
}
