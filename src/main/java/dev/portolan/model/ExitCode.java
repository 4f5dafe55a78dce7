package dev.portolan.model;

/** How a command ended, as its process says it. */
public enum ExitCode {
    DONE(0),
    /** Failed; everything that served before serves now. */
    FAILED(1),
    /** The command line or a configuration file is wrong; nothing was changed. */
    USAGE(2),
    /** Somebody else holds the lock of the app; nothing was changed. */
    LOCKED(3),
    /** Failed, and not back to a known state: a person has to act. */
    UNKNOWN_STATE(4);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    /** The exit status of the process, 0 to 4. */
    public int status() {
        return status;
    }
}
