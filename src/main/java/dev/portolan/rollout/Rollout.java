package dev.portolan.rollout;

import dev.portolan.fleet.Fleet;
import dev.portolan.fleet.TaskRunner;
import dev.portolan.journal.Journal;
import dev.portolan.journal.JournalEntry;
import dev.portolan.journal.JournalEntry.Outcome;
import dev.portolan.journal.JournalEntry.Purpose;
import dev.portolan.journal.LeaseLost;
import dev.portolan.model.Desired;
import dev.portolan.model.Observed;
import dev.portolan.model.ReleaseId;
import dev.portolan.model.UserError;
import dev.portolan.plan.Plan;
import dev.portolan.plan.Plan.HostPlan;
import dev.portolan.plan.Plan.RegionPlan;
import dev.portolan.plan.Plan.Wave;
import dev.portolan.plan.Planner;
import dev.portolan.plan.Request;
import dev.portolan.plan.Step;
import dev.portolan.plan.StepText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The execution of a plan: waves, one after the other, each watched; then the commit; and, when anything fails before that,
 * the way back. Used once.
 */
public final class Rollout {
    private static final int ATTEMPTS = 5;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(2);

    private final Terms terms;
    private final TaskRunner runner;
    private final Journal journal;
    private final Supplier<Observed> observer;
    private final Guard guard;
    private final Guard lease;
    private final Consumer<RolloutEvent> listener;
    private final Conductor conductor;
    private final ReleaseCommandsLeft commandsLeft;
    private final Watch watch;
    private final AllFigures figures;
    private final Tally tally = new Tally();
    private final Commits commits = new Commits();
    private final FirstFailure failed = new FirstFailure();
    private final Instant began;
    private RolloutState state = RolloutState.PLANNED;

    /**
     * What a rollout is about.
     *
     * @param id unique
     * @param who user and machine
     * @param request from which the plan was made
     * @param pauseBefore a region before which the rollout stops on purpose
     */
    public record Terms(String id, Purpose purpose, String who, Request request, Optional<String> pauseBefore) {}

    /**
     * What a rollout works with.
     *
     * @param observer asks all hosts of the releases that the rollout is about
     * @param lease fails when the lock is lost
     * @param cancellation fails when the person asked to stop; not asked on the way back
     */
    public record Tools(
            Fleet fleet,
            TaskRunner runner,
            Journal journal,
            Supplier<Observed> observer,
            FileContents contents,
            Guard lease,
            Guard cancellation,
            Consumer<RolloutEvent> listener) {}

    public Rollout(Terms terms, Tools tools) {
        this.terms = terms;
        this.runner = tools.runner();
        this.journal = tools.journal();
        this.observer = tools.observer();
        this.lease = tools.lease();
        this.guard = lease.and(tools.cancellation()).and(failed.guard());
        this.listener = tools.listener();
        String app = terms.request().desired().app();
        this.commandsLeft = new ReleaseCommandsLeft(app, tools.fleet());
        StepExecutor executor = new StepExecutor(
                tools.fleet(),
                runner,
                tools.contents(),
                app,
                new ReleaseCommandRuns(terms.id(), app, tools.fleet(), runner, journal, tools.contents()));
        this.conductor = new Conductor(terms.id(), executor, runner, journal, listener, failed);
        this.watch = new Watch(
                tools.fleet(),
                runner,
                tally,
                cutOver -> conductor.inOrder(List.of(cutOver), desired().release(), guard));
        this.began = runner.now();
        this.figures = new AllFigures(tools.fleet(), terms.request());
    }

    /**
     * Does the plan.
     *
     * @return how it ended; it never throws for what a step met
     * @throws LeaseLost when somebody else has taken over: nothing more was done
     */
    public RolloutResult run(Plan plan) {
        listener.accept(new RolloutEvent.Began(terms.id(), plan));
        journal.add(new JournalEntry.Started(
                terms.id(),
                runner.now(),
                terms.purpose(),
                terms.who(),
                plan.from(),
                desired().release(),
                desired().rollout().keep(),
                StepText.of(plan)));
        attempt(() -> figures.each(tally::start));
        if (plan.steps().noneMatch(Step.RunReleaseCommand.class::isInstance)) {
            attempt(() -> commandsLeft.clear(terms.request().releases()));
        }
        boolean moved;
        try {
            moved = move(plan);
        } catch (LeaseLost lost) {
            throw lost;
        } catch (RuntimeException failure) {
            return goBack(reasonOf(failed.cause().orElse(failure)));
        }
        return moved ? commit(plan.cleanup()) : paused(terms.pauseBefore().orElse(""));
    }

    /** @return whether it got to the end; otherwise it stopped before the region that it was told to stop before */
    private boolean move(Plan plan) {
        conductor.hosts(plan.images(), desired().release(), guard);
        conductor.inOrder(plan.preparation(), desired().release(), guard);
        int number = 1;
        for (Wave wave : plan.waves()) {
            guard.check();
            List<String> regions =
                    wave.regions().stream().map(RegionPlan::region).toList();
            if (terms.pauseBefore().filter(regions::contains).isPresent()) {
                return false;
            }
            state = state.moveTo(RolloutState.MOVING);
            listener.accept(new RolloutEvent.WaveBegan(number++, plan.waves().size(), regions));
            conductor.regions(wave.regions(), desired().release(), guard);
            verify(wave, regions);
        }
        commits.plan(plan.commits());
        settle();
        return true;
    }

    /**
     * What changed behind the rollout's back, such as a proxy or a container that died after its wave, is put right before the
     * decision: it is planned again from what is there, until nothing is left to do.
     */
    private void settle() {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Plan rest = Planner.plan(terms.request().afterCommand(), observer.get());
            commits.plan(rest.commits());
            if (rest.waves().isEmpty()) {
                return;
            }
            guard.check();
            conductor.waves(rest.waves(), desired().release(), guard);
        }
        throw new UserError(
                "the hosts do not stay as they were put: something keeps changing them",
                "see what with: portolan status");
    }

    private void verify(Wave wave, List<String> regions) {
        if (wave.monitor().isZero()) {
            return;
        }
        state = state.moveTo(RolloutState.WATCHING);
        listener.accept(new RolloutEvent.WatchBegan(regions, wave.monitor()));
        Watch.Seen seen = watch.watch(wave, guard);
        journal.add(new JournalEntry.Verified(terms.id(), runner.now(), regions, seen.requests(), seen.failures()));
        listener.accept(new RolloutEvent.WatchEnded(regions, seen.requests(), seen.failures()));
    }

    private RolloutResult commit(List<HostPlan> cleanup) {
        Optional<String> refused = attempt(() -> {
            lease.check();
            journal.add(new JournalEntry.Committed(
                    terms.id(), runner.now(), desired().release()));
        });
        if (refused.isPresent()) {
            Optional<Boolean> decided = decided();
            if (decided.isEmpty()) {
                state = state.moveTo(RolloutState.COMMITTING);
                return ended(
                        RolloutState.STUCK,
                        Optional.of("whether the release is committed cannot be read: " + refused.get()));
            }
            if (!decided.get()) {
                return goBack(refused.get());
            }
        }
        state = state.moveTo(RolloutState.COMMITTING);
        listener.accept(new RolloutEvent.Committed(desired().release()));
        AtomicBoolean again = new AtomicBoolean();
        Optional<String> problem = retrying(() -> {
            if (again.getAndSet(true)) {
                putForward();
            }
            tell(desired().release());
        });
        if (problem.isPresent()) {
            return ended(
                    RolloutState.STUCK,
                    Optional.of(
                            "the release is committed and serves, but not every host was told so: " + problem.get()));
        }
        // old containers that will not stop do not make the new release a bad one
        Optional<String> untidy =
                attempt(() -> conductor.hosts(cleanup, desired().release(), lease));
        return ended(RolloutState.COMMITTED, untidy.map(reason -> "what is old was not all cleaned up: " + reason));
    }

    /** A host that lost its power after the decision came back with the release before: it is given the new one again. */
    private void putForward() {
        Plan rest = Planner.plan(terms.request().afterCommand(), observer.get());
        commits.plan(rest.commits());
        conductor.waves(rest.waves(), desired().release(), lease);
    }

    private void tell(ReleaseId release) {
        conductor.commits(commits.toTell(), release, lease);
        commits.forget();
    }

    /** Whether the decision is in the journal, after an answer to that was lost; empty when the journal cannot be read. */
    private Optional<Boolean> decided() {
        AtomicBoolean decided = new AtomicBoolean();
        Optional<String> problem = retrying(() -> decided.set(journal.outline().entries().stream()
                .anyMatch(entry -> entry instanceof JournalEntry.Committed
                        && entry.rollout().equals(terms.id()))));
        return problem.isEmpty() ? Optional.of(decided.get()) : Optional.empty();
    }

    private RolloutResult goBack(String reason) {
        state = state.moveTo(RolloutState.GOING_BACK);
        attempt(() -> figures.each(tally::add));
        failed.clear();
        commits.forget();
        listener.accept(new RolloutEvent.GoingBack(reason));
        attempt(() -> journal.add(new JournalEntry.GoingBack(terms.id(), runner.now(), reason)));
        Optional<String> problem = retrying(this::putBack);
        return problem.isEmpty()
                ? ended(RolloutState.ROLLED_BACK, Optional.of(reason))
                : ended(RolloutState.STUCK, Optional.of(reason + "; and going back failed: " + problem.get()));
    }

    private void putBack() {
        commandsLeft.clear(terms.request().releases());
        Plan back = backPlan();
        if (back.to().isEmpty()) {
            conductor.inOrder(back.preparation(), desired().release(), lease);
            conductor.hosts(back.cleanup(), desired().release(), lease);
            return;
        }
        ReleaseId release = back.to().get();
        conductor.hosts(back.images(), release, lease);
        conductor.inOrder(back.preparation(), release, lease);
        commits.plan(
                back.commits()); // before it is tried: who is put back by then must be told after a second try, too
        conductor.waves(back.waves(), release, lease);
        tell(release);
        conductor.hosts(back.cleanup(), release, lease);
    }

    /** The plan back to the committed release, from what is there now; without one, the plan that removes everything. */
    private Plan backPlan() {
        Observed observed = observer.get();
        Request request = terms.request();
        return request.committed()
                .map(committed -> Planner.plan(
                        new Request(
                                committed,
                                request.committed(),
                                request.kept(),
                                request.keptUntil(),
                                Optional.of(desired()),
                                request.drainedByHand(),
                                runner.now(),
                                Request.Mode.BACK),
                        observed))
                .orElseGet(() -> Planner.removal(desired(), Optional.empty(), observed));
    }

    private RolloutResult paused(String region) {
        state = state.moveTo(RolloutState.PAUSED);
        String reason = "paused before " + region;
        // without this line the rollout is an open one all the same
        attempt(() -> journal.add(new JournalEntry.Paused(terms.id(), runner.now(), reason)));
        listener.accept(new RolloutEvent.Paused(reason));
        return result(Optional.of(reason));
    }

    private RolloutResult ended(RolloutState end, Optional<String> reason) {
        state = state.moveTo(end);
        attempt(() -> figures.each(tally::add));
        RolloutResult result = result(reason);
        Outcome outcome = switch (end) {
            case COMMITTED -> Outcome.COMMITTED;
            case ROLLED_BACK -> Outcome.ROLLED_BACK;
            case STUCK, PLANNED, MOVING, WATCHING, PAUSED, COMMITTING, GOING_BACK -> Outcome.STUCK;
        };
        attempt(() -> journal.add(new JournalEntry.Ended(
                terms.id(), runner.now(), outcome, reason, result.requests(), result.failures())));
        listener.accept(new RolloutEvent.Ended(result));
        return result;
    }

    private RolloutResult result(Optional<String> reason) {
        return new RolloutResult(
                terms.id(), state, reason, tally.requests(), tally.failures(), Duration.between(began, runner.now()));
    }

    /** Tries several times, since a host may be in the middle of a reboot. Returns the last reason, if none succeeded. */
    private Optional<String> retrying(Runnable action) {
        Optional<String> problem = Optional.empty();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            failed.clear();
            problem = attempt(action);
            if (problem.isEmpty()) {
                return problem;
            }
            if (attempt < ATTEMPTS) {
                runner.sleep(BETWEEN_ATTEMPTS);
            }
        }
        return problem;
    }

    private Optional<String> attempt(Runnable action) {
        try {
            action.run();
            return Optional.empty();
        } catch (LeaseLost lost) {
            throw lost;
        } catch (RuntimeException failure) {
            return Optional.of(reasonOf(failure));
        }
    }

    private Desired desired() {
        return terms.request().desired();
    }

    private static String reasonOf(RuntimeException failure) {
        return failure instanceof UserError error ? error.message() : failure.toString();
    }
}
