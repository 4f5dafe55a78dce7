package dev.portolan.model;

import java.util.Map;
import java.util.Optional;

/**
 * A network that the app's containers share on one host.
 *
 * @param name the engine's name of it
 * @param subnet given by the app, such as {@code 10.20.0.0/23}; chosen by the plan when empty
 * @param external made by somebody else; must exist
 * @param design if the app says anything beside
 */
public record NetworkSpec(
        String name,
        Optional<String> subnet,
        boolean internal,
        boolean external,
        Map<String, String> driverOptions,
        Map<String, String> labels,
        Optional<NetworkDesign> design) {

    public NetworkSpec(
            String name,
            Optional<String> subnet,
            boolean internal,
            boolean external,
            Map<String, String> driverOptions,
            Map<String, String> labels) {
        this(name, subnet, internal, external, driverOptions, labels, Optional.empty());
    }

    /** Whether its subnet and the addresses of its containers are the plan's to choose, and not somebody else's. */
    public boolean planned() {
        return !external && design.map(NetworkDesign::isOrdinary).orElse(true);
    }

    /** What the app says of its first subnet, if it says more than which it is. */
    public Optional<NetworkDesign.Pool> pool() {
        return design.stream()
                .flatMap(asked -> asked.pools().stream())
                .filter(pool -> subnet.equals(Optional.of(pool.subnet())))
                .findFirst();
    }
}
