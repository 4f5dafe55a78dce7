package dev.portolan.compose;

import dev.portolan.model.SourceLocation;
import java.util.Map;
import java.util.Optional;

/**
 * An entry of the top-level {@code volumes}.
 *
 * @param name what the file calls it for the engine; empty for the project's prefix and the key
 * @param driver {@code local} when not given
 * @param external made by somebody else; must exist, under {@code name} or the key
 */
public record ComposeVolume(
        String key,
        Optional<String> name,
        Optional<String> driver,
        Map<String, String> driverOpts,
        Map<String, String> labels,
        boolean external,
        SourceLocation location) {

    public ComposeVolume {
        driverOpts = Ordered.copy(driverOpts);
        labels = Ordered.copy(labels);
    }

    /** The engine's name of it under a project. */
    public String engineName(String project) {
        return name.orElse(external ? key : project + "_" + key);
    }
}
