package dev.portolan.fleet;

import dev.portolan.model.UserError;

/** The person asked the command to stop. */
public final class CancelledException extends UserError {
    private static final long serialVersionUID = 1L;

    public CancelledException() {
        super("stopped on request", "run the command again when you are ready");
    }
}
