package dev.portolan.cli;

import dev.portolan.cli.render.Summary;
import dev.portolan.deploy.App;
import dev.portolan.deploy.Rollback;
import dev.portolan.model.ReleaseId;
import java.util.Optional;

/** {@code portolan rollback}. */
final class RollbackCommand implements Command {

    @Override
    public Usage usage() {
        return Usage.of(
                        CommandName.ROLLBACK,
                        "Goes back to an earlier release, in all regions. While its containers are kept (\"rollout.keep\")"
                                + " that takes about a second; after that it is rolled out like any release. A rollout that"
                                + " was paused or interrupted is taken back.")
                .optionalArgument("RELEASE", "Which one; the one before the one that serves, by default.")
                .flag(
                        "--release-command",
                        "Run the release command (\"release\" in portolan.yml) of the release that comes back first; it is"
                                + " not run otherwise.")
                .flag("-y, --yes", "Do not ask.")
                .examples(
                        "portolan rollback",
                        "portolan rollback --yes",
                        "portolan rollback --release-command",
                        "portolan rollback 3f9a2b1c0d    # see the releases with: portolan history");
    }

    @Override
    public Summary run(Session session) {
        Arguments arguments = session.arguments();
        Optional<ReleaseId> wanted = arguments.argument(0).map(text -> release(arguments, text));
        App app = session.app(session.project().outline());
        Rollouts rollouts = new Rollouts(session, app, Optional.empty());
        return rollouts.ended(new Rollback(app)
                .rollback(
                        wanted,
                        arguments.flag("--release-command"),
                        rollouts.options(Optional.empty(), arguments.flag("--yes"))));
    }

    private static ReleaseId release(Arguments arguments, String text) {
        if (!text.matches("[0-9a-f]{10}")) {
            throw arguments.usage(
                    "\"" + text + "\" is not the name of a release: ten characters 0-9 and a-f",
                    "see the releases with: portolan history");
        }
        return new ReleaseId(text);
    }
}
