package dev.portolan.deploy;

import dev.portolan.deploy.App.Draft;
import dev.portolan.journal.History;
import dev.portolan.journal.JournalEntry.Purpose;
import dev.portolan.model.Desired;
import dev.portolan.model.ExitCode;
import dev.portolan.model.ReleaseId;
import dev.portolan.model.UserError;
import dev.portolan.plan.Plan;
import dev.portolan.plan.Request.Command;
import dev.portolan.plan.Request.Mode;
import dev.portolan.plan.Step;
import dev.portolan.rollout.RolloutResult;
import java.util.Optional;

/** Rolls out an earlier release. While its containers are kept, that is one cut-over everywhere at once. */
public final class Rollback {
    private final App app;

    public Rollback(App app) {
        this.app = app;
    }

    /**
     * Goes back.
     *
     * @param wanted the release to go back to; by default the one before the committed one or, when a rollout was paused or
     *     interrupted, the committed one itself
     * @return how it ended; empty when there was nothing to do or the person said no
     */
    public Optional<RolloutResult> rollback(Optional<ReleaseId> wanted, Deploy.Options options) {
        return rollback(wanted, false, options);
    }

    /**
     * As above.
     *
     * @param releaseCommand whether the command of the release that comes back is run first
     */
    public Optional<RolloutResult> rollback(
            Optional<ReleaseId> wanted, boolean releaseCommand, Deploy.Options options) {
        try (HeldLock lock = app.lock("rollback").renewedInBackground()) {
            History history = app.history(options.notices());
            Optional<History.Rollout> open = history.open();
            open.ifPresent(rollout -> options.notices().accept(new Notice.OpenRollout(rollout)));
            Optional<Desired> abandoned =
                    app.load(open.map(rollout -> rollout.started().to()));
            ReleaseId target = wanted.or(() -> open.isPresent() ? history.committed() : history.previous())
                    .orElseThrow(() -> new UserError(
                            "there is no earlier release to go back to",
                            "see what was deployed with: portolan history",
                            ExitCode.USAGE));
            Desired desired = app.load(Optional.of(target))
                    .orElseThrow(() -> new UserError(
                            "release " + target + " is not stored on " + app.keeper(),
                            "only the last ones that served are kept (rollout.retain); check it out and: portolan deploy",
                            ExitCode.USAGE));
            Draft draft = draft(desired, history, abandoned, releaseCommand ? Command.RUN : Command.LEAVE_OUT);
            if (draft.plan().isEmpty()) {
                app.endOpen(history);
                return Optional.empty();
            }
            if (!options.approve().test(draft.plan())) {
                return Optional.empty();
            }
            return Optional.of(app.roll(
                    draft, Purpose.ROLLBACK, Optional.empty(), lock, options.cancellation(), options.listener()));
        }
    }

    /** A release whose containers must be made anew goes the careful way, like any other. */
    private Draft draft(Desired desired, History history, Optional<Desired> abandoned, Command command) {
        Draft back = app.draft(desired, history, Mode.BACK, abandoned, command);
        return makesContainers(back.plan()) ? app.draft(desired, history, Mode.FORWARD, abandoned, command) : back;
    }

    private static boolean makesContainers(Plan plan) {
        return plan.steps()
                .filter(Step.Start.class::isInstance)
                .flatMap(step -> ((Step.Start) step).replicas().stream())
                .anyMatch(replica -> !replica.exists());
    }
}
