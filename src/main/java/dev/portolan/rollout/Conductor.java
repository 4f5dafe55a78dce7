package dev.portolan.rollout;

import dev.portolan.fleet.TaskRunner;
import dev.portolan.journal.Journal;
import dev.portolan.journal.JournalEntry;
import dev.portolan.model.ReleaseId;
import dev.portolan.model.UserError;
import dev.portolan.plan.Plan.HostPlan;
import dev.portolan.plan.Plan.RegionPlan;
import dev.portolan.plan.Plan.Wave;
import dev.portolan.plan.Step;
import dev.portolan.plan.StepText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes steps through their life: asked for by a guard, noted in the journal before and after, told to the listener. Regions
 * and hosts work at once; the steps of one are done in order.
 */
final class Conductor {
    private final String rollout;
    private final StepExecutor executor;
    private final TaskRunner runner;
    private final Journal journal;
    private final Consumer<RolloutEvent> listener;
    private final FirstFailure failed;

    /** @param failed set when a step fails, so that the others of its wave stop at their next step */
    Conductor(
            String rollout,
            StepExecutor executor,
            TaskRunner runner,
            Journal journal,
            Consumer<RolloutEvent> listener,
            FirstFailure failed) {
        this.rollout = rollout;
        this.executor = executor;
        this.runner = runner;
        this.journal = journal;
        this.listener = listener;
        this.failed = failed;
    }

    void waves(List<Wave> waves, ReleaseId release, Guard guard) {
        waves.forEach(wave -> regions(wave.regions(), release, guard));
    }

    void regions(List<RegionPlan> regions, ReleaseId release, Guard guard) {
        runner.forEach(regions, region -> {
            inOrder(region.before(), release, guard);
            hosts(region.hosts(), release, guard);
            inOrder(region.after(), release, guard);
        });
    }

    void hosts(List<HostPlan> hosts, ReleaseId release, Guard guard) {
        runner.forEach(hosts, host -> inOrder(host.steps(), release, guard));
    }

    void commits(List<Step.Commit> commits, ReleaseId release, Guard guard) {
        runner.forEach(commits, commit -> one(commit, release, guard));
    }

    void inOrder(List<Step> steps, ReleaseId release, Guard guard) {
        steps.forEach(step -> one(step, release, guard));
    }

    private void one(Step step, ReleaseId release, Guard guard) {
        guard.check();
        String where = whereOf(step);
        String text = StepText.of(step);
        Instant began = runner.now();
        journal.add(new JournalEntry.Intended(rollout, began, where, text));
        listener.accept(new RolloutEvent.StepBegan(where, step));
        try {
            executor.execute(
                    step, release, guard, line -> listener.accept(new RolloutEvent.StepWent(where, step, line)));
        } catch (RuntimeException failure) {
            failed.set(failure);
            String reason = failure instanceof UserError error ? error.message() : failure.toString();
            journal.add(new JournalEntry.Failed(rollout, runner.now(), where, text, reason));
            listener.accept(new RolloutEvent.StepFailed(where, step, reason));
            throw failure;
        }
        Duration took = Duration.between(began, runner.now());
        journal.add(new JournalEntry.Done(rollout, runner.now(), where, text, took));
        listener.accept(new RolloutEvent.StepEnded(where, step, took));
    }

    private static String whereOf(Step step) {
        return switch (step) {
            case Step.OnHost onHost -> onHost.host().toString();
            case Step.DrainRegion drain -> drain.region();
            case Step.UndrainRegion undrain -> undrain.region();
            case Step.PrepareTraffic prepare -> "edge";
            case Step.RemoveTraffic remove -> "edge";
        };
    }
}
