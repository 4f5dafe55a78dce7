package dev.portolan.model;

/**
 * Something that went wrong for a reason a person can act on. It is printed in one place, by the command line: the
 * message says what happened and where, the remedy what to do next. Subclasses exist where a caller must tell errors
 * apart; nobody matches on the text.
 */
public class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;
    private final ExitCode exitCode;

    public UserError(String message, String remedy) {
        this(message, remedy, ExitCode.FAILED);
    }

    public UserError(String message, String remedy, ExitCode exitCode) {
        super(message);
        this.remedy = remedy;
        this.exitCode = exitCode;
    }

    public UserError(String message, String remedy, ExitCode exitCode, Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
        this.exitCode = exitCode;
    }

    /** What happened and where; never null. */
    public String message() {
        return String.valueOf(getMessage());
    }

    /** What to do next. */
    public String remedy() {
        return remedy;
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
