package dev.portolan.simulation;

import java.util.ArrayList;
import java.util.List;

/** IPv4 arithmetic of the fakes. */
final class Addresses {
    private Addresses() {}

    /** Some host addresses of a range such as {@code 10.213.1.0/24}, at most 40. */
    static List<String> in(String range) {
        long first = first(range);
        List<String> addresses = new ArrayList<>();
        for (long i = 2; i < Math.min(size(range) - 1, 42); i++) {
            addresses.add(text(first + i));
        }
        return addresses;
    }

    static boolean overlap(String one, String other) {
        long start = first(one);
        long otherStart = first(other);
        return start < otherStart + size(other) && otherStart < start + size(one);
    }

    static boolean contains(String range, String address) {
        long value = value(address);
        return value >= first(range) && value < first(range) + size(range);
    }

    private static long first(String range) {
        return value(range.substring(0, range.indexOf('/')));
    }

    private static long size(String range) {
        return 1L << (32 - Integer.parseInt(range.substring(range.indexOf('/') + 1)));
    }

    private static long value(String address) {
        long value = 0;
        for (String part : address.split("\\.", -1)) {
            value = value * 256 + Integer.parseInt(part);
        }
        return value;
    }

    private static String text(long value) {
        return (value >> 24) + "." + (value >> 16 & 255) + "." + (value >> 8 & 255) + "." + (value & 255);
    }
}
