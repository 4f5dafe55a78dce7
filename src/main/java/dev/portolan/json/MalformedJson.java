package dev.portolan.json;

import org.jspecify.annotations.Nullable;

/** A text that is not the JSON it should be. */
public final class MalformedJson extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedJson(String message) {
        this(message, null);
    }

    MalformedJson(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
