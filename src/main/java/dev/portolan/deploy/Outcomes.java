package dev.portolan.deploy;

import dev.portolan.model.ExitCode;
import dev.portolan.model.UserError;
import dev.portolan.rollout.RolloutResult;

/** What the end of a rollout means for its command. */
public final class Outcomes {

    private Outcomes() {}

    public static ExitCode exitCodeOf(RolloutResult result) {
        return switch (result.state()) {
            case COMMITTED, PAUSED -> ExitCode.DONE;
            case ROLLED_BACK -> ExitCode.FAILED;
            case STUCK, PLANNED, MOVING, WATCHING, COMMITTING, GOING_BACK -> ExitCode.UNKNOWN_STATE;
        };
    }

    /** @throws UserError unless the rollout came to its end */
    static void requireCommitted(RolloutResult result) {
        ExitCode exitCode = exitCodeOf(result);
        if (exitCode != ExitCode.DONE) {
            throw new UserError(
                    "what an earlier command left in the middle could not be put right: "
                            + result.reason().orElse(result.state().toString()),
                    "see what serves now with: portolan status, correct it, and run the command again",
                    exitCode);
        }
    }
}
