package dev.portolan.simulation;

import dev.portolan.deploy.App;
import dev.portolan.deploy.Deploy;
import dev.portolan.deploy.Drain;
import dev.portolan.deploy.Outcomes;
import dev.portolan.deploy.Retire;
import dev.portolan.deploy.Rollback;
import dev.portolan.model.ExitCode;
import dev.portolan.model.UserError;
import dev.portolan.plan.Plan;
import dev.portolan.plan.StepText;
import dev.portolan.rollout.RolloutResult;
import dev.portolan.rollout.RolloutState;
import java.util.Optional;

/** One command of a script: what a person would run, its process, and how it ended. */
final class Command {
    private final World world;
    private final Kind kind;
    private final RandomApp.Release target;
    private final boolean pauses;
    private final String region;
    private final int process;
    private final boolean otherMachine;
    private final CommandRun run;
    private int faultsBefore;
    private boolean servedBefore;
    private Optional<RandomApp.Release> committedBefore = Optional.empty();
    private Optional<Plan> plan = Optional.empty();
    private Optional<Result> result = Optional.empty();

    enum Kind {
        DEPLOY,
        RESUME,
        ROLLBACK,
        RETIRE,
        DRAIN,
        UNDRAIN
    }

    /**
     * @param state of the rollout; empty when there was none
     * @param message for a person
     */
    record Result(ExitCode exitCode, Optional<RolloutState> state, String message) {}

    /**
     * @param target what is deployed; for the others only a guess
     * @param pauses whether to stop before the primary
     * @param region that is drained or undrained; of no meaning to the others
     * @param otherMachine whether it runs on a machine of its own, so that nobody can tell whether its process lives
     */
    Command(
            World world,
            Kind kind,
            RandomApp.Release target,
            boolean pauses,
            String region,
            int process,
            boolean otherMachine) {
        this.world = world;
        this.kind = kind;
        this.target = target;
        this.pauses = pauses;
        this.region = region;
        this.process = process;
        this.otherMachine = otherMachine;
        String what = kind == Kind.DEPLOY ? " " + target.desired().release() + (target.bad() ? " (broken)" : "") : "";
        this.run = new CommandRun(kind + "#" + process + what + (pauses ? " pausing" : ""));
    }

    void faultsBefore(int number) {
        faultsBefore = number;
    }

    /** How many faults had struck when it was started. */
    int faultsBefore() {
        return faultsBefore;
    }

    /** Whether every host served the committed release when it was started. */
    boolean servedBefore() {
        return servedBefore;
    }

    /** Whether every host serves what was the committed release when it was started. */
    boolean serves() {
        return committedBefore
                .filter(release -> new Settled(world, release, "").serves())
                .isPresent();
    }

    /** The committed release when it was started. */
    Optional<RandomApp.Release> committedBefore() {
        return committedBefore;
    }

    Kind kind() {
        return kind;
    }

    RandomApp.Release target() {
        return target;
    }

    CommandRun run() {
        return run;
    }

    Optional<Plan> plan() {
        return plan;
    }

    /** Empty while it runs, and when it was killed. */
    Optional<Result> result() {
        return result;
    }

    /** Starts it as a process of its own. */
    void start() {
        committedBefore = world.invariants().progress().committed();
        servedBefore = serves();
        world.trace().note(() -> "COMMAND " + run);
        world.processStarted(process, run);
        world.scheduler().start(run, () -> {
            Result end = execute();
            run.markEnded();
            result = Optional.of(end);
            world.trace().note(() -> "END of " + run + ": " + end);
        });
    }

    private Result execute() {
        try {
            Optional<RolloutResult> outcome = act();
            return outcome.map(end -> {
                        world.invariants().checkForSecrets("the result of " + run, end.toString());
                        return new Result(
                                Outcomes.exitCodeOf(end),
                                Optional.of(end.state()),
                                end.reason().orElse(""));
                    })
                    .orElse(new Result(ExitCode.DONE, Optional.empty(), "nothing to do"));
        } catch (UserError error) {
            String message = error.message() + "; " + error.remedy();
            world.invariants().checkForSecrets("an error message of " + run, message);
            return new Result(error.exitCode(), Optional.empty(), message);
        } catch (RuntimeException unexpected) {
            AssertionError bug =
                    new Violation("B: " + run + " ended with an exception that is no user error: " + unexpected);
            bug.initCause(unexpected);
            throw bug;
        }
    }

    private Optional<RolloutResult> act() {
        SimulatedRunner runner = new SimulatedRunner(world.scheduler(), run);
        App app = new App(
                RandomApp.NAME,
                target.desired().keeper().id(),
                world.mutation().fleet(world),
                runner,
                new FakeContents(),
                new App.Identity(
                        "ann", otherMachine ? "laptop" + process : "ci", process, world::alive, world::uniqueName));
        Deploy.Options options = new Deploy.Options(
                pauses ? Optional.of(world.app().primary()) : Optional.empty(),
                this::show,
                runner::failWhenCancelled,
                event -> world.invariants().checkForSecrets("an event of " + run, event::toString),
                notice -> world.trace()
                        .note(() -> run + " says " + notice.getClass().getSimpleName()));
        return switch (kind) {
            case DEPLOY -> new Deploy(app).deploy(world.mutation().desired(target.desired()), options);
            case RESUME -> new Deploy(app).resume(options);
            case ROLLBACK -> new Rollback(app).rollback(Optional.empty(), options);
            case RETIRE -> new Retire(app).retire(options);
            case DRAIN -> {
                new Drain(app).drain(target.desired(), region);
                yield Optional.empty();
            }
            case UNDRAIN -> {
                new Drain(app).undrain(target.desired(), region);
                yield Optional.empty();
            }
        };
    }

    private boolean show(Plan shown) {
        plan = Optional.of(shown);
        StepText.of(shown).forEach(line -> world.trace().note(() -> run + " plans " + line));
        world.invariants().checkForSecrets("the plan of " + run, shown::toString);
        return true;
    }
}
