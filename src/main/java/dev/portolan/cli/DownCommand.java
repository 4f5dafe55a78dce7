package dev.portolan.cli;

import dev.portolan.cli.render.Summary;
import dev.portolan.deploy.App;
import dev.portolan.deploy.Remove;
import dev.portolan.model.Desired;
import dev.portolan.model.ExitCode;
import java.util.Optional;

/** {@code portolan down}. */
final class DownCommand implements Command {

    @Override
    public Usage usage() {
        return Usage.of(
                        CommandName.DOWN,
                        "Takes the app off its hosts: its containers, networks, routes and edge. Its volumes stay unless"
                                + " asked for, and so does its history. At a terminal it asks; elsewhere it does not ask.")
                .flag("--volumes", "Its data too.")
                .flag("-y, --yes", "Do not ask.")
                .examples("portolan down", "portolan down --volumes --yes");
    }

    @Override
    public Summary run(Session session) {
        App app = session.app(session.project().outline());
        Desired desired = session.committedOrConfigured(app);
        boolean volumes = session.arguments().flag("--volumes");
        boolean ask = !session.arguments().flag("--yes")
                && !session.json()
                && session.surroundings().canAsk();
        if (ask
                && !Question.ask(
                        session.surroundings(),
                        "Take " + app.name() + " off its hosts" + (volumes ? " with all of its data?" : "?"))) {
            return Summary.of("declined", ExitCode.FAILED);
        }
        Rollouts rollouts = new Rollouts(session, app, Optional.of(desired));
        new Remove(app).remove(desired, volumes, rollouts.options(Optional.empty(), true));
        session.display().say(app.name() + " is gone" + (volumes ? ", with its data" : "; its volumes are kept"));
        return Summary.of("removed", ExitCode.DONE);
    }
}
