package dev.portolan.journal;

import dev.portolan.model.ReleaseId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One line of the journal. None holds a secret's value. */
public sealed interface JournalEntry {

    /** The rollout that the line belongs to. */
    String rollout();

    Instant at();

    /** Why a rollout was asked for. */
    enum Purpose {
        DEPLOY,
        ROLLBACK,
        RESUME,
        REPAIR
    }

    /**
     * @param who user and machine
     * @param from the committed release, if any
     * @param to the release to roll out
     * @param plan a line a step
     */
    record Started(
            String rollout,
            Instant at,
            Purpose purpose,
            String who,
            Optional<ReleaseId> from,
            ReleaseId to,
            Duration keep,
            List<String> plan)
            implements JournalEntry {

        Started withoutPlan() {
            return new Started(rollout, at, purpose, who, from, to, keep, List.of());
        }
    }

    /** @param where the host, or the region for steps of the traffic layer */
    record Intended(String rollout, Instant at, String where, String step) implements JournalEntry {}

    record Done(String rollout, Instant at, String where, String step, Duration took) implements JournalEntry {}

    record Failed(String rollout, Instant at, String where, String step, String reason) implements JournalEntry {}

    /**
     * A wave was watched and found good.
     *
     * @param requests served by the new containers while they were watched
     * @param failures among them
     */
    record Verified(String rollout, Instant at, List<String> regions, long requests, long failures)
            implements JournalEntry {}

    /**
     * A release command came to its end.
     *
     * @param how such as {@code exited with 1}
     * @param output its last lines; the whole is in a file beside the release
     */
    record CommandEnded(
            String rollout,
            Instant at,
            ReleaseId release,
            boolean succeeded,
            String how,
            Duration took,
            List<String> output)
            implements JournalEntry {

        public CommandEnded {
            output = List.copyOf(output);
        }
    }

    record GoingBack(String rollout, Instant at, String reason) implements JournalEntry {}

    record Paused(String rollout, Instant at, String reason) implements JournalEntry {}

    /** The decision: from this line on the release is the committed one, and what is left to do is only told to the hosts. */
    record Committed(String rollout, Instant at, ReleaseId release) implements JournalEntry {}

    /** How a rollout ended. */
    enum Outcome {
        COMMITTED,
        ROLLED_BACK,
        /** Neither release serves everywhere: a person has to act. */
        STUCK
    }

    /**
     * @param requests answered by the proxies during the rollout
     * @param failures among them, as the proxies saw them
     */
    record Ended(String rollout, Instant at, Outcome outcome, Optional<String> reason, long requests, long failures)
            implements JournalEntry {}

    /**
     * The app was taken off its hosts: from this line on no release is the committed one.
     *
     * @param rollout an id of its own
     */
    record Removed(String rollout, Instant at, String who) implements JournalEntry {}
}
