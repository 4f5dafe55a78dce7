package dev.portolan.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an app says of a network beside its first subnet. A text is empty where it says nothing.
 *
 * @param driver if not {@code bridge}
 * @param attachable whether containers that no service makes may join a network of Swarm
 * @param ipv4 whether it has addresses of IPv4, if said
 * @param ipv6 whether it has addresses of IPv6, if said
 * @param addressDriver what gives out addresses, if not the engine's own
 * @param pools in the order of the file
 */
public record NetworkDesign(
        String driver,
        boolean attachable,
        Optional<Boolean> ipv4,
        Optional<Boolean> ipv6,
        String addressDriver,
        List<Pool> pools) {

    public NetworkDesign {
        pools = List.copyOf(pools);
    }

    /** Whether the addresses of containers can be chosen for it as for any bridge. */
    boolean isOrdinary() {
        return List.of("", "default").contains(driver) && ipv4.orElse(true) && addressDriver.isEmpty();
    }

    /**
     * Addresses of a network.
     *
     * @param subnet with prefix length
     * @param range the part of it that the engine may choose from
     * @param gateway the host's own address on it
     * @param others addresses that are somebody else's, by name
     */
    public record Pool(String subnet, String range, String gateway, Map<String, String> others) {

        public Pool {
            others = Map.copyOf(others);
        }
    }
}
