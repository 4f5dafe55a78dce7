package dev.portolan.cli;

import dev.portolan.cli.render.Summary;
import dev.portolan.deploy.App;
import dev.portolan.deploy.Deploy;
import dev.portolan.model.Desired;
import java.util.List;
import java.util.Optional;

/** {@code portolan deploy}. */
final class DeployCommand implements Command {
    /** Stands for the primary region, whatever its name. */
    private static final String PRIMARY = "primary";

    @Override
    public Usage usage() {
        return Usage.of(
                        CommandName.DEPLOY,
                        "Brings the release that portolan.yml and compose.yaml ask for to every region, or to none: first"
                                + " the secondaries, then the primary. When anything fails, every region goes back to the"
                                + " containers that still run. At a terminal it shows the plan and asks; elsewhere it does"
                                + " not ask.")
                .flag("-y, --yes", "Do not ask.")
                .option(
                        "--pause-before",
                        "REGION",
                        "Stop before this region, or before the primary, with everything kept.")
                .flag("--resume", "Go on with a rollout that was paused or interrupted.")
                .examples(
                        "portolan deploy",
                        "portolan deploy --yes                   # without asking",
                        "portolan deploy --pause-before primary  # the other regions only, for now",
                        "portolan deploy --resume                # and now the primary",
                        "portolan deploy --output json           # an event a line, for a program");
    }

    @Override
    public Summary run(Session session) {
        Arguments arguments = session.arguments();
        boolean resume = arguments.flag("--resume");
        Optional<String> pauseBefore = arguments.text("--pause-before");
        if (resume) {
            if (pauseBefore.isPresent()) {
                throw arguments.usage("--resume and --pause-before together", "use one of them");
            }
            return resume(session);
        }
        Desired desired = session.desired();
        Optional<String> region = pauseBefore.map(name -> name.equals(PRIMARY) ? desired.primary() : name);
        region.ifPresent(name -> requireRegion(arguments, desired, name));
        return deploy(session, desired, region, arguments.flag("--yes"));
    }

    static Summary deploy(Session session, Desired desired, Optional<String> pauseBefore, boolean unasked) {
        App app = session.app(session.project().outline());
        Rollouts rollouts = new Rollouts(session, app, Optional.of(desired));
        return rollouts.ended(new Deploy(app).deploy(desired, rollouts.options(pauseBefore, unasked)));
    }

    private static Summary resume(Session session) {
        App app = session.app(session.project().outline());
        Rollouts rollouts = new Rollouts(session, app, Optional.empty());
        boolean unasked = session.arguments().flag("--yes");
        return rollouts.ended(new Deploy(app).resume(rollouts.options(Optional.empty(), unasked)));
    }

    private static void requireRegion(Arguments arguments, Desired desired, String region) {
        List<String> names =
                desired.regions().stream().map(known -> known.name()).toList();
        if (!names.contains(region)) {
            throw arguments.usage(
                    "there is no region " + region,
                    dev.portolan.yaml.Suggestion.nearest(region, names)
                            .map(near -> "did you mean " + near + "?")
                            .orElse("the regions are " + String.join(", ", names)));
        }
    }
}
