package dev.portolan.deploy;

import dev.portolan.deploy.App.Draft;
import dev.portolan.journal.History;
import dev.portolan.journal.JournalEntry.Purpose;
import dev.portolan.model.Desired;
import dev.portolan.plan.Request.Mode;
import dev.portolan.rollout.RolloutResult;
import java.util.Optional;

/** Stops the containers of the release before, when the time that they are kept is over. */
public final class Retire {
    private final App app;

    public Retire(App app) {
        this.app = app;
    }

    /** @return how it ended; empty when there was nothing to do, or a rollout is open, which is not for a background task to touch */
    public Optional<RolloutResult> retire(Deploy.Options options) {
        try (HeldLock lock = app.lock("stopping the old release").renewedInBackground()) {
            History history = app.history(options.notices());
            Optional<Desired> committed = app.load(history.committed());
            if (history.open().isPresent()
                    || committed.isEmpty()
                    || app.runner().now().isBefore(history.keptUntil())) {
                return Optional.empty();
            }
            Draft draft = app.draft(committed.get(), history, Mode.BACK, Optional.empty());
            return draft.plan().isEmpty()
                    ? Optional.empty()
                    : Optional.of(app.roll(
                            draft, Purpose.REPAIR, Optional.empty(), lock, options.cancellation(), options.listener()));
        }
    }
}
