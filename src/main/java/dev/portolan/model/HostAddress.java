package dev.portolan.model;

/** How a host is reached. */
public sealed interface HostAddress {

    /** This machine's own engine. Several regions may share it. */
    record Local() implements HostAddress {}

    /**
     * Over SSH.
     *
     * @param port 1 to 65535
     */
    record Ssh(String user, String address, int port) implements HostAddress {}
}
