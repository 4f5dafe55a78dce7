package dev.portolan.cli;

import dev.portolan.cli.render.Summary;
import dev.portolan.deploy.App;
import dev.portolan.deploy.Retire;
import dev.portolan.model.ExitCode;
import dev.portolan.rollout.RolloutResult;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** {@code portolan retire}: what a deploy starts in the background. */
final class RetireCommand implements Command {
    /** Short enough that a machine that slept meanwhile is noticed. */
    private static final Duration NAP = Duration.ofSeconds(30);

    @Override
    public Usage usage() {
        return Usage.of(
                        CommandName.RETIRE,
                        "Waits, then stops the containers of the release before when the time that they are kept is over. A"
                                + " deploy starts this in the background.")
                .option("--at", "INSTANT", "When, in UTC; now by default.")
                .examples("portolan retire --at 2026-11-24T15:30:00Z", "portolan retire");
    }

    @Override
    public Summary run(Session session) {
        Instant at = session.arguments()
                .text("--at")
                .map(text -> parse(session.arguments(), text))
                .orElse(Instant.MIN);
        App app = session.app(session.project().outline());
        for (Instant now = session.now(); now.isBefore(at); now = session.now()) {
            Duration left = Duration.between(now, at);
            app.runner().sleep(left.compareTo(NAP) < 0 ? left : NAP);
        }
        Rollouts rollouts = new Rollouts(session, app, Optional.empty());
        Optional<RolloutResult> result = new Retire(app).retire(rollouts.options(Optional.empty(), true));
        return result.isEmpty() ? Summary.of("nothing to do", ExitCode.DONE) : rollouts.summary(result);
    }

    private static Instant parse(Arguments arguments, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException wrong) {
            throw arguments.usage("\"" + text + "\" is no instant", "write for example 2026-11-24T15:30:00Z");
        }
    }
}
