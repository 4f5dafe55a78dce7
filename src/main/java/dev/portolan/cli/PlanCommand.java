package dev.portolan.cli;

import dev.portolan.cli.render.Event;
import dev.portolan.cli.render.Summary;
import dev.portolan.deploy.App;
import dev.portolan.deploy.Changes;
import dev.portolan.deploy.Preview;
import dev.portolan.model.Desired;
import dev.portolan.model.ExitCode;
import dev.portolan.plan.Plan;

/** {@code portolan plan}. */
final class PlanCommand implements Command {

    @Override
    public Usage usage() {
        return Usage.of(
                        CommandName.PLAN,
                        "Shows every step that a deploy would take now, in order. Changes nothing and takes no lock.")
                .examples("portolan plan", "portolan plan -C ~/shop", "portolan plan --output json");
    }

    @Override
    public Summary run(Session session) {
        Desired desired = session.desired();
        App app = session.app(session.project().outline());
        Plan plan = new Preview(app).plan(desired, session::notice);
        session.display()
                .show(new Event.Planned(
                        plan,
                        Changes.of(
                                plan, plan.from().flatMap(id -> app.releases().load(id)), desired)));
        return Summary.of(plan.isEmpty() ? "nothing to do" : "planned", ExitCode.DONE)
                .ofRelease(desired.release());
    }
}
