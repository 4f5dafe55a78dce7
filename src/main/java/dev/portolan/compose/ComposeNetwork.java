package dev.portolan.compose;

import dev.portolan.model.NetworkDesign;
import dev.portolan.model.SourceLocation;
import java.util.Map;
import java.util.Optional;

/**
 * An entry of the top-level {@code networks}.
 *
 * @param name what the file calls it for the engine; empty for the project's prefix and the key
 * @param external made by somebody else; must exist, under {@code name} or the key
 * @param internal cut off from the world outside
 * @param subnet the first of IPv4 in {@code ipam.config}, such as {@code 10.20.0.0/24}, if given
 * @param design {@code driver}, {@code enable_ipv6}, {@code ipam} and the like, if they say more than that
 */
public record ComposeNetwork(
        String key,
        Optional<String> name,
        boolean external,
        boolean internal,
        Optional<String> subnet,
        Map<String, String> driverOpts,
        Map<String, String> labels,
        Optional<NetworkDesign> design,
        SourceLocation location) {

    public ComposeNetwork {
        driverOpts = Ordered.copy(driverOpts);
        labels = Ordered.copy(labels);
    }

    /** The engine's name of it under a project. */
    public String engineName(String project) {
        return name.orElse(external ? key : project + "_" + key);
    }
}
