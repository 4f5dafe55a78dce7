package dev.portolan.deploy;

import dev.portolan.journal.History;
import dev.portolan.model.Desired;
import dev.portolan.plan.Plan;
import dev.portolan.plan.Request.Mode;
import java.util.Optional;
import java.util.function.Consumer;

/** What a deploy would do now. Changes nothing and takes no lock. */
public final class Preview {
    private final App app;

    public Preview(App app) {
        this.app = app;
    }

    public Plan plan(Desired desired, Consumer<Notice> notices) {
        History history = app.history(notices);
        history.open().ifPresent(open -> notices.accept(new Notice.OpenRollout(open)));
        Optional<Desired> abandoned =
                app.load(history.open().map(open -> open.started().to()));
        return app.draft(desired, history, Mode.FORWARD, abandoned).plan();
    }
}
