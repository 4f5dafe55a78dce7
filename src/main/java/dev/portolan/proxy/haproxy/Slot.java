package dev.portolan.proxy.haproxy;

/**
 * A server in a slot.
 *
 * @param address {@code ip:port}
 * @param inService whether it gets new requests
 */
record Slot(String address, boolean inService) {
    /** In a free slot: from the addresses for documentation (RFC 5737), where nobody answers. */
    static final String NOWHERE = "192.0.2.1:9";

    /** HAProxy's name of a slot. */
    static String name(int number) {
        return "s" + number;
    }

    /** @throws IllegalArgumentException when it is not the name of a slot */
    static int number(String name) {
        if (!name.startsWith("s")) {
            throw new IllegalArgumentException("not a slot: " + name);
        }
        return Integer.parseInt(name.substring(1));
    }
}
