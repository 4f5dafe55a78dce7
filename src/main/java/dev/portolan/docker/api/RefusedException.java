package dev.portolan.docker.api;

import java.io.IOException;

/** The engine answered, with a status that means no. It becomes an EngineException, or an empty result, before it leaves this package. */
final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    RefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }

    /** The engine's own words. */
    String message() {
        return String.valueOf(getMessage());
    }
}
