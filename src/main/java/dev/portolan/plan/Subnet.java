package dev.portolan.plan;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * An IPv4 subnet. Its lower half holds the fixed addresses that plans give out, its upper half those that the engine
 * chooses by itself: so the engine never takes an address that a stopped container will want back.
 *
 * @param network the first address, as a number
 * @param prefix 8 to 29 bits
 */
record Subnet(int network, int prefix) {
    private static final int POOL = parseAddress("10.213.0.0");
    private static final int POOL_PREFIX = 23;
    private static final int POOL_SIZE = 1024; // 10.213.0.0 to 10.220.255.255

    static Subnet parse(String text) {
        int slash = text.indexOf('/');
        int prefix = Integer.parseInt(text.substring(slash + 1));
        return new Subnet(parseAddress(text.substring(0, slash)) & mask(prefix), prefix);
    }

    /** The first subnet of Portolan's own range (private by RFC 1918) that overlaps none of those taken. */
    static Optional<Subnet> firstFree(Collection<Subnet> taken) {
        return IntStream.range(0, POOL_SIZE)
                .mapToObj(index -> new Subnet(POOL + (index << (32 - POOL_PREFIX)), POOL_PREFIX))
                .filter(candidate -> taken.stream().noneMatch(candidate::overlaps))
                .findFirst();
    }

    /** The first fixed address that is not taken. The first two addresses are the network's and the gateway's. */
    Optional<String> firstFreeAddress(Set<String> taken) {
        return IntStream.range(2, 1 << (31 - prefix))
                .mapToObj(offset -> address(network + offset))
                .filter(candidate -> !taken.contains(candidate))
                .findFirst();
    }

    String dynamicRange() {
        return address(network + (1 << (31 - prefix))) + "/" + (prefix + 1);
    }

    boolean overlaps(Subnet other) {
        int shorter = mask(Math.min(prefix, other.prefix));
        return (network & shorter) == (other.network & shorter);
    }

    @Override
    public String toString() {
        return address(network) + "/" + prefix;
    }

    private static int mask(int prefix) {
        return prefix == 0 ? 0 : -1 << (32 - prefix);
    }

    private static int parseAddress(String text) {
        int address = 0;
        for (String part : text.split("\\.", -1)) {
            address = address << 8 | Integer.parseInt(part);
        }
        return address;
    }

    private static String address(int number) {
        return (number >>> 24) + "." + (number >>> 16 & 255) + "." + (number >>> 8 & 255) + "." + (number & 255);
    }
}
