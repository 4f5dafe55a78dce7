package dev.portolan.config;

import dev.portolan.model.SourceLocation;

/**
 * A value and where a person wrote it.
 *
 * @param path the keys that lead there, such as {@code regions/dublin/at}
 */
public record Located<T>(T value, SourceLocation location, String path) {}
