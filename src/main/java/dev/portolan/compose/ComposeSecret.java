package dev.portolan.compose;

import dev.portolan.model.SourceLocation;

/** An entry of the top-level {@code secrets}. It says where the value is; it never holds it. */
public record ComposeSecret(String key, FileContent content, SourceLocation location) {}
