package dev.portolan.plan;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An IPv4 subnet. Its lower half holds the fixed addresses that plans give out, its upper half those that the engine
 * chooses by itself: so the engine never takes an address that a stopped container will want back.
 *
 * @param network the first address, as a number
 * @param prefix 8 to 29 bits for a network of the engine; that of a route may be any
 */
record Subnet(int network, int prefix) {
    /** Where subnets come from, in order: those after the first are for hosts whose routes take all of 10.0.0.0/8, as VPNs do. */
    static final String POOLS = "10.213.0.0 to 10.220.255.255, 172.16.0.0/12 and 192.168.0.0/16";

    private static final int POOL_PREFIX = 23;

    static Subnet parse(String text) {
        int slash = text.indexOf('/');
        int prefix = Integer.parseInt(text.substring(slash + 1));
        return new Subnet(parseAddress(text.substring(0, slash)) & mask(prefix), prefix);
    }

    /** The first subnet of Portolan's own ranges (private by RFC 1918) that overlaps none of those taken. */
    static Optional<Subnet> firstFree(Collection<Subnet> taken) {
        return Stream.of(pool("10.213.0.0", 1024), pool("172.16.0.0", 2048), pool("192.168.0.0", 128))
                .flatMap(Function.identity())
                .filter(candidate -> taken.stream().noneMatch(candidate::overlaps))
                .findFirst();
    }

    private static Stream<Subnet> pool(String first, int size) {
        return IntStream.range(0, size)
                .mapToObj(index -> new Subnet(parseAddress(first) + (index << (32 - POOL_PREFIX)), POOL_PREFIX));
    }

    /** The first fixed address that is not taken. The first two addresses are the network's and the gateway's. */
    Optional<String> firstFreeAddress(Set<String> taken) {
        return firstFreeAddress(taken, Optional.empty());
    }

    /** @param dynamic what the engine chooses from by itself, where it is not the upper half: then all that is left may be given out */
    Optional<String> firstFreeAddress(Set<String> taken, Optional<String> dynamic) {
        Optional<Subnet> engines = dynamic.map(Subnet::parse);
        int end = engines.isPresent() ? (1 << (32 - prefix)) - 1 : 1 << (31 - prefix);
        return IntStream.range(2, end)
                .mapToObj(offset -> address(network + offset))
                .filter(candidate -> !taken.contains(candidate))
                .filter(candidate -> engines.stream().noneMatch(range -> range.contains(candidate)))
                .findFirst();
    }

    String dynamicRange() {
        return address(network + (1 << (31 - prefix))) + "/" + (prefix + 1);
    }

    boolean contains(String address) {
        return (parseAddress(address) & mask(prefix)) == network;
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
