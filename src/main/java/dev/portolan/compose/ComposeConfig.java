package dev.portolan.compose;

import dev.portolan.model.SourceLocation;

/** An entry of the top-level {@code configs}. */
public record ComposeConfig(String key, FileContent content, SourceLocation location) {}
