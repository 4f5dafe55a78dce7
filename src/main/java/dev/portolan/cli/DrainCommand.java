package dev.portolan.cli;

import dev.portolan.cli.render.Summary;
import dev.portolan.deploy.App;
import dev.portolan.deploy.Drain;
import dev.portolan.model.Desired;

/** {@code portolan drain} and {@code portolan undrain}. */
final class DrainCommand implements Command {
    private final boolean drain;

    DrainCommand(boolean drain) {
        this.drain = drain;
    }

    @Override
    public Usage usage() {
        return drain
                ? Usage.of(
                                CommandName.DRAIN,
                                "Sends the readers of a region to the next nearest one, and waits until those it has are"
                                        + " served (\"rollout.drain\" at most). It stays so, also over deploys, until undrain.")
                        .argument("REGION", "The region.")
                        .examples("portolan drain sydney")
                : Usage.of(CommandName.UNDRAIN, "Sends a drained region its readers again.")
                        .argument("REGION", "The region.")
                        .examples("portolan undrain sydney");
    }

    @Override
    public Summary run(Session session) {
        App app = session.app(session.project().outline());
        Desired desired = session.committedOrConfigured(app);
        String region = session.arguments().required(0);
        if (drain) {
            new Drain(app).drain(desired, region);
            session.display().say(region + " is drained; send it readers again with: portolan undrain " + region);
        } else {
            new Drain(app).undrain(desired, region);
            session.display().say(region + " gets its readers again");
        }
        return Summary.of(drain ? "drained" : "undrained", dev.portolan.model.ExitCode.DONE);
    }
}
