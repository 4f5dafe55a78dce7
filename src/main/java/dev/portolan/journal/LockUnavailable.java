package dev.portolan.journal;

import dev.portolan.model.ExitCode;
import dev.portolan.model.UserError;
import java.io.IOException;

/** The lock's file cannot be read or written. */
public final class LockUnavailable extends UserError {
    private static final long serialVersionUID = 1L;

    LockUnavailable(String path, IOException cause) {
        super(
                "the lock " + path + " on the primary's host cannot be used: " + cause.getMessage(),
                "check the disk and the rights of the folder on the primary's host",
                ExitCode.FAILED,
                cause);
    }
}
