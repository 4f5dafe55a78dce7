package dev.portolan.model;

import java.util.Map;

/**
 * How the engine runs a container, where it has a choice.
 *
 * @param runtime that starts the processes; empty for the engine's default
 * @param isolation on Windows; empty for the engine's default
 * @param storage options of the driver of the container's own file system
 * @param annotations handed on to the runtime
 */
public record EngineSettings(
        String runtime, String isolation, Map<String, String> storage, Map<String, String> annotations) {

    public EngineSettings {
        storage = Map.copyOf(storage);
        annotations = Map.copyOf(annotations);
    }
}
