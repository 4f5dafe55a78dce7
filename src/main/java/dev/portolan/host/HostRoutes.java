package dev.portolan.host;

import java.io.IOException;
import java.util.Set;

/** Where a host sends what is not for itself: to its own networks, through a VPN, to another engine's bridges. */
@FunctionalInterface
public interface HostRoutes {

    /**
     * The IPv4 networks that the host has a route to, such as {@code 10.8.0.0/16}, without the default route; none on a machine that
     * does not tell.
     */
    Set<String> read() throws IOException;
}
