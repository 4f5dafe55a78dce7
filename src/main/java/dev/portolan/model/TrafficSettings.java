package dev.portolan.model;

/** What steers readers to regions. */
public sealed interface TrafficSettings {

    /**
     * Portolan's own edge: a proxy on this machine that sends each reader to the nearest region.
     *
     * @param port on which readers arrive, 1 to 65535. The proxy of the region at index {@code i} of the configuration
     *     listens on {@code 127.0.0.1:port+1+i}
     */
    record Edge(int port) implements TrafficSettings {}

    /** Nothing: readers reach the hosts by other means. */
    record None() implements TrafficSettings {}
}
