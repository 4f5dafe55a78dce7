package dev.portolan.rollout;

import dev.portolan.fleet.Fleet;
import dev.portolan.fleet.TaskRunner;
import dev.portolan.journal.Journal;
import dev.portolan.model.ReleaseId;
import dev.portolan.plan.Plan;
import java.util.function.Consumer;

/** The execution of a plan that takes an app away. There is no way back, so it goes on past what fails. */
public final class Removal {
    private final Conductor conductor;
    private final Guard lease;

    public Removal(
            String id,
            String app,
            Fleet fleet,
            TaskRunner runner,
            Journal journal,
            Guard lease,
            Consumer<RolloutEvent> listener) {
        this.lease = lease;
        this.conductor = new Conductor(
                id,
                new StepExecutor(
                        fleet,
                        runner,
                        new NoContents(),
                        app,
                        new ReleaseCommandRuns(id, app, fleet, runner, journal, new NoContents())),
                runner,
                journal,
                listener,
                new FirstFailure());
    }

    /** @param release whose containers are taken away */
    public void run(Plan plan, ReleaseId release) {
        conductor.inOrder(plan.preparation(), release, lease);
        conductor.hosts(plan.cleanup(), release, lease);
    }
}
