package dev.portolan.model;

import java.util.Map;
import java.util.Optional;

/**
 * A network that the app's containers share on one host.
 *
 * @param name the engine's name of it
 * @param subnet given by the app, such as {@code 10.20.0.0/23}; chosen by the plan when empty
 * @param external made by somebody else; must exist
 */
public record NetworkSpec(
        String name,
        Optional<String> subnet,
        boolean internal,
        boolean external,
        Map<String, String> driverOptions,
        Map<String, String> labels) {}
