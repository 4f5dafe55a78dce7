package dev.portolan.plan;

import dev.portolan.model.HostState;
import dev.portolan.model.ImageSource;
import dev.portolan.model.NetworkDesign.Pool;
import dev.portolan.model.NetworkSpec;
import dev.portolan.model.Observed;
import dev.portolan.model.ReleaseFiles;
import dev.portolan.model.UserError;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Gives out subnets, addresses and the work on images and files while one plan is made, so that no two containers or networks of
 * an engine get the same, no image is built twice and no file brought twice. Regions that share an engine share what it has.
 */
final class Allotment {
    private static final int SHORTEST_CLAIM = 8;

    private final Map<String, List<HostState.Reachable>> byEngine = new HashMap<>();
    private final Map<String, Map<String, Subnet>> subnets = new HashMap<>();
    private final Map<String, List<Subnet>> routed = new HashMap<>();
    private final Map<String, Set<String>> taken = new HashMap<>();
    private final Map<String, Set<ImageSource>> claimed = new HashMap<>();
    private final Map<String, Set<String>> claimedFiles = new HashMap<>();

    Allotment(Observed observed) {
        observed.hosts().forEach((host, state) -> {
            if (state instanceof HostState.Reachable reachable) {
                byEngine.merge(
                        reachable.engine(),
                        List.of(reachable),
                        (some, more) ->
                                Stream.of(some, more).flatMap(List::stream).toList());
            }
        });
        byEngine.forEach((engine, states) -> {
            subnets.put(engine, knownSubnets(states));
            routed.put(engine, claimedByRoutes(states));
            taken.put(engine, knownAddresses(states));
        });
    }

    /** The subnet of a network: the one it has, the one the app gives, or a free one. */
    Subnet subnetOf(HostState.Reachable host, NetworkSpec network) {
        Map<String, Subnet> known = subnetsOf(host);
        Subnet existing = known.get(network.name());
        if (existing != null) {
            return existing;
        }
        Subnet chosen = network.subnet()
                .map(Subnet::parse)
                .or(() -> Subnet.firstFree(
                        Stream.concat(known.values().stream(), routed.getOrDefault(host.engine(), List.of()).stream())
                                .toList()))
                .orElseThrow(() -> new UserError(
                        "no free subnet is left for the network " + network.name()
                                + ": networks of the engine or routes of the host take all of " + Subnet.POOLS,
                        "see them with: ip route; remove networks that nobody uses with: docker network prune; or give"
                                + " this one a subnet in the Compose file"));
        known.put(network.name(), chosen);
        return chosen;
    }

    /** From now on nobody is given one of these addresses. */
    void keep(HostState.Reachable host, List<String> addresses) {
        taken.computeIfAbsent(host.engine(), engine -> new HashSet<>()).addAll(addresses);
    }

    /** A free fixed address on the network; empty for one whose addresses are not ours to give. */
    Optional<String> next(HostState.Reachable host, NetworkSpec network) {
        if (!network.planned()) {
            return Optional.empty();
        }
        Set<String> used = taken.computeIfAbsent(host.engine(), engine -> new HashSet<>());
        network.pool().ifPresent(pool -> {
            used.add(pool.gateway());
            used.addAll(pool.others().values());
        });
        String address = subnetOf(host, network)
                .firstFreeAddress(used, network.pool().map(Pool::range).filter(range -> !range.isEmpty()))
                .orElseThrow(() -> new UserError(
                        "no free address is left on the network " + network.name(),
                        "give the network a larger subnet in the Compose file"));
        used.add(address);
        return Optional.of(address);
    }

    /** Whether the image is nobody's work yet on the host's engine; from then on it is. */
    boolean claim(HostState.Reachable host, ImageSource image) {
        return claimed.computeIfAbsent(host.engine(), engine -> new HashSet<>()).add(image);
    }

    /** As above, for files of the project. */
    boolean claim(HostState.Reachable host, ReleaseFiles files) {
        return claimedFiles
                .computeIfAbsent(host.engine(), engine -> new HashSet<>())
                .add(files.digest());
    }

    private Map<String, Subnet> subnetsOf(HostState.Reachable host) {
        Map<String, Subnet> known = subnets.get(host.engine());
        if (known == null) {
            throw new IllegalArgumentException("a host that was not observed");
        }
        return known;
    }

    private static Map<String, Subnet> knownSubnets(List<HostState.Reachable> states) {
        Map<String, Subnet> known = new HashMap<>();
        states.forEach(state -> state.networks().forEach((name, subnet) -> {
            if (!subnet.isEmpty()) {
                known.put(name, Subnet.parse(subnet));
            }
        }));
        return known;
    }

    /** One that is for nearly everything is a default route in two or more parts, as VPNs make it, and says nothing of our range. */
    private static List<Subnet> claimedByRoutes(List<HostState.Reachable> states) {
        return states.stream()
                .flatMap(state -> state.routes().stream())
                .distinct()
                .map(Subnet::parse)
                .filter(route -> route.prefix() >= SHORTEST_CLAIM)
                .toList();
    }

    /**
     * A proxy may still send readers to the address of a container that somebody removed behind its back: whoever got that address
     * would get those readers.
     */
    private static Set<String> knownAddresses(List<HostState.Reachable> states) {
        Set<String> known = new HashSet<>();
        states.forEach(state -> {
            known.addAll(state.usedAddresses());
            state.containers().forEach(container -> {
                known.addAll(container.address().values());
                // an address that somebody knows by heart is no other's, even while nobody has it
                known.addAll(container.neighbours().values());
            });
            state.proxy().routes().values().stream()
                    .flatMap(route -> Stream.concat(route.inService().stream(), route.draining().stream()))
                    .forEach(server -> known.add(server.substring(0, server.lastIndexOf(':'))));
        });
        return known;
    }
}
