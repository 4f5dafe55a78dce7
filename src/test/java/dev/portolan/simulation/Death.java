package dev.portolan.simulation;

/**
 * Ends a simulated thread whose command was killed, or whose simulation is over. An {@link Error}, so that code which handles
 * exceptions does not see it; whatever runs while it passes has no effect, for every fake throws it again.
 */
final class Death extends Error {
    private static final long serialVersionUID = 1L;

    Death() {
        super("the command was killed", null, false, false);
    }
}
