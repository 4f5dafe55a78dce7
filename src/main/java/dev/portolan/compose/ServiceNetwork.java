package dev.portolan.compose;

import dev.portolan.model.SourceLocation;
import java.util.List;

/**
 * A service on one of its networks.
 *
 * @param aliases further names by which others on it find the service
 * @param priority the network with the highest is attached first; 0 by default
 */
public record ServiceNetwork(List<String> aliases, long priority, SourceLocation location) {

    public ServiceNetwork {
        aliases = List.copyOf(aliases);
    }
}
