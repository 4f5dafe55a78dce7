package dev.portolan.simulation;

/** An invariant does not hold. The message starts with its name. */
final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;

    Violation(String message) {
        super(message);
    }
}
