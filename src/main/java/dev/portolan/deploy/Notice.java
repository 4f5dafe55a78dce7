package dev.portolan.deploy;

import dev.portolan.journal.History;

/** What a use case found that a person should know. */
public sealed interface Notice {

    /** A power cut had torn the last line of the journal; it was taken off. */
    record TornLine(String line) implements Notice {}

    /** A rollout did not come to its end: its command died, or it was paused. */
    record OpenRollout(History.Rollout rollout) implements Notice {}

    /** What an open rollout had begun is put back first. */
    record PuttingRight(History.Rollout rollout) implements Notice {}
}
