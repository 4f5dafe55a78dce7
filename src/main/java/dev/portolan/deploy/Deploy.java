package dev.portolan.deploy;

import dev.portolan.deploy.App.Draft;
import dev.portolan.journal.History;
import dev.portolan.journal.JournalEntry.Purpose;
import dev.portolan.model.Desired;
import dev.portolan.model.ExitCode;
import dev.portolan.model.UserError;
import dev.portolan.plan.Plan;
import dev.portolan.plan.Request.Mode;
import dev.portolan.rollout.Guard;
import dev.portolan.rollout.RolloutEvent;
import dev.portolan.rollout.RolloutResult;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Brings a release to every region, or to none.
 *
 * <p>The whole story: take the lock; put right what an earlier command left in the middle; observe the hosts; plan; show the
 * plan; roll it out, wave by wave, each watched; commit, or go back.
 */
public final class Deploy {
    private final App app;

    public Deploy(App app) {
        this.app = app;
    }

    /**
     * How to go about it.
     *
     * @param pauseBefore the region before which to stop, with everything kept
     * @param approve asked with the plan before anything changes
     * @param cancellation fails when the person asked to stop
     */
    public record Options(
            Optional<String> pauseBefore,
            Predicate<Plan> approve,
            Guard cancellation,
            Consumer<RolloutEvent> listener,
            Consumer<Notice> notices) {}

    /**
     * Rolls the release out.
     *
     * @return how it ended; empty when there was nothing to do or the person said no
     * @throws UserError when nothing could be started; nothing was changed
     */
    public Optional<RolloutResult> deploy(Desired desired, Options options) {
        try (HeldLock lock = app.lock("deploy of " + desired.release()).renewedInBackground()) {
            History found = app.history(options.notices());
            Optional<Desired> abandoned = putRight(found, desired, lock, options);
            History history = found.open().isEmpty() ? found : app.history(options.notices());
            return rollOut(
                    app.draft(desired, history, Mode.FORWARD, abandoned), history, Purpose.DEPLOY, lock, options);
        }
    }

    /** Goes on with the rollout that was paused or whose command died. */
    public Optional<RolloutResult> resume(Options options) {
        try (HeldLock lock = app.lock("resume").renewedInBackground()) {
            History history = app.history(options.notices());
            History.Rollout open = history.open()
                    .orElseThrow(() -> new UserError(
                            "there is nothing to resume: the last rollout came to its end",
                            "see it with: portolan history",
                            ExitCode.USAGE));
            Desired desired = app.load(Optional.of(open.started().to()))
                    .orElseThrow(() -> new UserError(
                            "release " + open.started().to() + " is not stored any more",
                            "deploy it again with: portolan deploy"));
            Draft draft = app.draft(desired, history, Mode.FORWARD, Optional.empty());
            return rollOut(draft, history, Purpose.RESUME, lock, options);
        }
    }

    /**
     * An open rollout of another release is put back first; one of the same release is simply gone on with, since planning
     * starts from what is there.
     */
    private Optional<Desired> putRight(History history, Desired desired, Guard lock, Options options) {
        Optional<History.Rollout> open = history.open();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        options.notices().accept(new Notice.OpenRollout(open.get()));
        Optional<Desired> abandoned = app.load(Optional.of(open.get().started().to()));
        Optional<Desired> committed = app.load(history.committed());
        if (open.get().started().to().equals(desired.release()) || committed.isEmpty()) {
            return abandoned;
        }
        options.notices().accept(new Notice.PuttingRight(open.get()));
        Draft back = app.draft(committed.get(), history, Mode.BACK, abandoned);
        if (!back.plan().isEmpty()) {
            RolloutResult result =
                    app.roll(back, Purpose.REPAIR, Optional.empty(), lock, options.cancellation(), options.listener());
            Outcomes.requireCommitted(result);
        }
        return abandoned;
    }

    private Optional<RolloutResult> rollOut(
            Draft draft, History history, Purpose purpose, Guard lock, Options options) {
        Plan plan = draft.plan();
        if (plan.isEmpty()) {
            app.endOpen(history);
            return Optional.empty();
        }
        if (!options.approve().test(plan)) {
            return Optional.empty();
        }
        app.releases().save(draft.request().desired());
        return Optional.of(
                app.roll(draft, purpose, options.pauseBefore(), lock, options.cancellation(), options.listener()));
    }
}
