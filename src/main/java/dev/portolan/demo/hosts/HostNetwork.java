package dev.portolan.demo.hosts;

import dev.portolan.model.NetworkSpec;
import dev.portolan.model.UserError;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The network that all hosts of a fleet are on: one bridge, since engines let no packets pass between two. Each region has 256 of its
 * addresses.
 *
 * @param name what the engine calls it
 * @param prefix the first two numbers of its addresses
 */
record HostNetwork(String name, String prefix) {
    /** What fits through a tunnel, too; the engines of the hosts use the same for theirs. */
    static final int MTU_BYTES = 1400;

    /** Above those that Portolan gives to the networks of apps. */
    private static final int FIRST = 221;

    private static final int LAST = 239;

    /**
     * With the first addresses that this machine has no use for.
     *
     * @param taken networks such as {@code 10.8.0.0/16} that the machine or its engine has
     * @throws UserError when there is none
     */
    static HostNetwork free(String fleet, Collection<String> taken) {
        return IntStream.rangeClosed(FIRST, LAST)
                .mapToObj(second -> new HostNetwork(name(fleet), "10." + second))
                .filter(network -> taken.stream().noneMatch(network::overlaps))
                .findFirst()
                .orElseThrow(() -> new UserError(
                        "this machine has routes to all of 10." + FIRST + ".0.0 to 10." + LAST
                                + ".255.255, where the hosts of a fleet get their addresses",
                        "end the VPN that takes them for as long as the fleet runs"));
    }

    /** What the network of a fleet is called. */
    static String name(String fleet) {
        return "portolan-hosts-" + fleet;
    }

    String subnet() {
        return prefix + ".0.0/16";
    }

    NetworkSpec spec() {
        return new NetworkSpec(
                name,
                Optional.empty(),
                false,
                false,
                Map.of("com.docker.network.driver.mtu", String.valueOf(MTU_BYTES)),
                Map.of());
    }

    /** The part that no host gets an address from. */
    String dynamicRange() {
        return prefix + ".255.0/24";
    }

    private boolean overlaps(String network) {
        int slash = network.indexOf('/');
        if (slash < 0) {
            return false;
        }
        int mask = -1 << (32 - Math.clamp(Integer.parseInt(network.substring(slash + 1)), 1, 16));
        return (number(network.substring(0, slash)) & mask) == (number(prefix + ".0.0") & mask);
    }

    private static int number(String address) {
        int number = 0;
        for (String part : address.split("\\.", -1)) {
            number = number << 8 | Integer.parseInt(part);
        }
        return number;
    }
}
