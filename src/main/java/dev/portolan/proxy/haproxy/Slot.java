package dev.portolan.proxy.haproxy;

/**
 * A server in a slot.
 *
 * @param address {@code ip:port}
 * @param inService whether it gets new requests
 * @param checked false for one that is in service and whose own health path a reload has replaced: it serves unchecked until
 *     the next cut-over
 */
record Slot(String address, boolean inService, boolean checked) {
    /** In a free slot: from the addresses for documentation (RFC 5737), where nobody answers. */
    static final String NOWHERE = "192.0.2.1:9";

    Slot(String address, boolean inService) {
        this(address, inService, true);
    }

    /** HAProxy's name of a slot. Whether its server is checked cannot be changed while the worker runs, so the name tells. */
    static String name(int number, boolean checked) {
        return (checked ? "s" : "u") + number;
    }

    static boolean checked(String name) {
        return name.startsWith("s");
    }

    /** Whether it is HAProxy's name of a slot. */
    static boolean is(String name) {
        return name.startsWith("s") || name.startsWith("u");
    }

    /** @throws IllegalArgumentException when it is not the name of a slot */
    static int number(String name) {
        if (!is(name)) {
            throw new IllegalArgumentException("not a slot: " + name);
        }
        return Integer.parseInt(name.substring(1));
    }
}
