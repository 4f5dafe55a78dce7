package dev.portolan.host;

import java.util.List;

/** The ports of a host. */
@FunctionalInterface
public interface HostPorts {

    /**
     * Whether a program listens there, so that nobody else can; false where a host does not tell.
     *
     * @param bind IPv4 address and port, such as {@code 127.0.0.1:8081}; {@code :80} for all addresses
     */
    boolean taken(String bind);

    /** Those of them that are taken; in one round trip, where the host is far. */
    default List<String> taken(List<String> binds) {
        return binds.stream().filter(this::taken).toList();
    }
}
