package dev.portolan.rollout;

import dev.portolan.fleet.CancelledException;

/** Asked before every step, and while waiting, whether the rollout may go on. */
@FunctionalInterface
public interface Guard {

    /**
     * Returns when the rollout may go on.
     *
     * @throws dev.portolan.journal.LeaseLost when somebody else has taken over
     * @throws CancelledException when the person asked to stop
     */
    void check();

    /** Both must agree. */
    default Guard and(Guard other) {
        return () -> {
            check();
            other.check();
        };
    }
}
