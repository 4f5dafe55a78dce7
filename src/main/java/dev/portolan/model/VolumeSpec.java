package dev.portolan.model;

import java.util.Map;

/**
 * A named volume of one host.
 *
 * @param name the engine's name of it
 * @param driver {@code local} by default
 * @param external made by somebody else; must exist
 */
public record VolumeSpec(
        String name, String driver, Map<String, String> driverOptions, Map<String, String> labels, boolean external) {}
