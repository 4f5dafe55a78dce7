package dev.portolan.simulation;

/** One run of the command line: what a kill, Ctrl-C or a suspended laptop strikes as a whole. */
final class CommandRun {
    private final String name;
    private boolean killed;
    private boolean cancelled;
    private boolean ended;
    private boolean lostLock;
    private long frozenUntil;

    CommandRun(String name) {
        this.name = name;
    }

    boolean killed() {
        return killed;
    }

    boolean cancelled() {
        return cancelled;
    }

    /** Whether it has returned or was killed. */
    boolean over() {
        return ended || killed;
    }

    /** Nanoseconds of the simulated clock until which none of its threads goes on. */
    long frozenUntil() {
        return frozenUntil;
    }

    /** Whether another command took its lock over. */
    boolean lostLock() {
        return lostLock;
    }

    void loseLock() {
        lostLock = true;
    }

    void markKilled() {
        killed = true;
    }

    /** Asks the command to stop. */
    void cancel() {
        cancelled = true;
    }

    void markEnded() {
        ended = true;
    }

    void freezeUntil(long nanoseconds) {
        frozenUntil = nanoseconds;
    }

    @Override
    public String toString() {
        return name;
    }
}
