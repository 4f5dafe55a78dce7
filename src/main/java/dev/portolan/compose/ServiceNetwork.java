package dev.portolan.compose;

import dev.portolan.model.Endpoint;
import dev.portolan.model.SourceLocation;
import java.util.List;
import java.util.Optional;

/**
 * A service on one of its networks.
 *
 * @param aliases further names by which others on it find the service
 * @param priority the network with the highest is attached first; 0 by default
 * @param endpoint if anything is asked for beside them
 */
public record ServiceNetwork(
        List<String> aliases, long priority, Optional<Endpoint> endpoint, SourceLocation location) {

    public ServiceNetwork {
        aliases = List.copyOf(aliases);
    }
}
