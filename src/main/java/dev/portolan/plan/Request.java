package dev.portolan.plan;

import dev.portolan.model.Desired;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a plan is asked for.
 *
 * @param desired the release that every host is to serve
 * @param committed the release that hosts serve now, if any
 * @param kept the release before it, whose containers are left alone until {@code keptUntil}
 * @param abandoned a release whose rollout did not get to its end: what only it has is removed
 * @param drainedByHand regions that a person has drained: they stay so
 * @param now when the plan is made
 * @param mode how careful the way there is
 * @param command whether the release command of {@code desired} is run, if it has one
 */
public record Request(
        Desired desired,
        Optional<Desired> committed,
        Optional<Desired> kept,
        Instant keptUntil,
        Optional<Desired> abandoned,
        Set<String> drainedByHand,
        Instant now,
        Mode mode,
        Command command) {

    /** One that runs no release command. */
    public Request(
            Desired desired,
            Optional<Desired> committed,
            Optional<Desired> kept,
            Instant keptUntil,
            Optional<Desired> abandoned,
            Set<String> drainedByHand,
            Instant now,
            Mode mode) {
        this(desired, committed, kept, keptUntil, abandoned, drainedByHand, now, mode, Command.LEAVE_OUT);
    }

    /** The same when the release command has been run. */
    public Request afterCommand() {
        return new Request(desired, committed, kept, keptUntil, abandoned, drainedByHand, now, mode);
    }

    /** Every release that containers of the app may be of, the desired one first. */
    public List<Desired> releases() {
        return Stream.of(Optional.of(desired), committed, kept, abandoned)
                .flatMap(Optional::stream)
                .toList();
    }

    /** What becomes of the release command. */
    public enum Command {
        /** It is run from its beginning. */
        RUN,
        /** An earlier command line may have begun it for this release: what runs is waited for, what has ended well is good. */
        GO_ON,
        LEAVE_OUT
    }

    public enum Mode {
        /** Secondaries, then the primary, each wave watched: for a release that is not proven. */
        FORWARD,
        /** Everywhere at once and at once: for a release that served here before. */
        BACK
    }
}
