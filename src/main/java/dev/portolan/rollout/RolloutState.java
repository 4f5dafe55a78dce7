package dev.portolan.rollout;

import java.util.Set;

/** Where a rollout is. Each state names its legal moves; a terminal one has none. */
public enum RolloutState {
    PLANNED,
    /** Steps of a wave are being done. */
    MOVING,
    /** A wave is watched under real requests. */
    WATCHING,
    /** Waits, on purpose, to be resumed. */
    PAUSED,
    /** The decision is made; hosts are being told. */
    COMMITTING,
    COMMITTED,
    /** Every host is being put back on the release that served before. */
    GOING_BACK,
    ROLLED_BACK,
    /** Neither release serves everywhere. */
    STUCK;

    private Set<RolloutState> next() {
        return switch (this) {
            case PLANNED -> Set.of(MOVING, COMMITTING, PAUSED, GOING_BACK);
            case MOVING -> Set.of(MOVING, WATCHING, COMMITTING, PAUSED, GOING_BACK);
            case WATCHING -> Set.of(MOVING, COMMITTING, PAUSED, GOING_BACK);
            case COMMITTING -> Set.of(COMMITTED, STUCK);
            case GOING_BACK -> Set.of(ROLLED_BACK, STUCK);
            case PAUSED, COMMITTED, ROLLED_BACK, STUCK -> Set.of();
        };
    }

    public boolean isTerminal() {
        return next().isEmpty();
    }

    /**
     * The next state.
     *
     * @throws IllegalStateException when there is no way from here to there
     */
    public RolloutState moveTo(RolloutState other) {
        if (!next().contains(other)) {
            throw new IllegalStateException("a rollout that is " + this + " cannot become " + other);
        }
        return other;
    }
}
