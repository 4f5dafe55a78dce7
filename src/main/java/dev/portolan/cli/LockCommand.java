package dev.portolan.cli;

import dev.portolan.cli.render.Event;
import dev.portolan.cli.render.Summary;
import dev.portolan.deploy.App;
import dev.portolan.journal.Lease;
import dev.portolan.model.ExitCode;

/** {@code portolan lock}. */
final class LockCommand implements Command {

    @Override
    public Usage usage() {
        return Usage.of(
                        CommandName.LOCK,
                        "Shows who holds the app's lock. A command that works on the app holds it; that of a dead one is"
                                + " taken over by itself after " + Lease.DURATION.toSeconds()
                                + " seconds, and at once on the same machine.")
                .flag("--break", "Take it away from whoever holds it. Only when you know that they are gone.")
                .examples("portolan lock", "portolan lock --break");
    }

    @Override
    public Summary run(Session session) {
        App app = session.app(session.project().outline());
        session.display().show(new Event.LockSeen(app.name(), Lease.holder(app.files(), app.name())));
        if (!session.arguments().flag("--break")) {
            return Summary.done();
        }
        Lease.breakLock(app.files(), app.name());
        session.display().say("the lock of " + app.name() + " is broken; see what serves now with: portolan status");
        return Summary.of("broken", ExitCode.DONE);
    }
}
