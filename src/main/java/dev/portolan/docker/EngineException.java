package dev.portolan.docker;

import dev.portolan.model.ExitCode;
import dev.portolan.model.UserError;

/** The engine refused a request or did not answer. */
public final class EngineException extends UserError {
    private static final long serialVersionUID = 1L;

    public EngineException(String message, String remedy, Throwable cause) {
        super(message, remedy, ExitCode.FAILED, cause);
    }
}
