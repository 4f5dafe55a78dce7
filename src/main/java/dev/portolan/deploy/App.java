package dev.portolan.deploy;

import dev.portolan.fleet.Fleet;
import dev.portolan.fleet.Questions;
import dev.portolan.fleet.Questions.Answer;
import dev.portolan.fleet.TaskRunner;
import dev.portolan.host.HostFiles;
import dev.portolan.journal.History;
import dev.portolan.journal.Journal;
import dev.portolan.journal.JournalEntry;
import dev.portolan.journal.JournalEntry.Outcome;
import dev.portolan.journal.JournalEntry.Purpose;
import dev.portolan.journal.Lease;
import dev.portolan.journal.ReleaseStore;
import dev.portolan.model.Desired;
import dev.portolan.model.ExitCode;
import dev.portolan.model.HostId;
import dev.portolan.model.Observed;
import dev.portolan.model.ReleaseId;
import dev.portolan.model.TrafficState.PoolState;
import dev.portolan.model.UserError;
import dev.portolan.observe.Observer;
import dev.portolan.plan.Plan;
import dev.portolan.plan.Planner;
import dev.portolan.plan.Request;
import dev.portolan.plan.Request.Command;
import dev.portolan.rollout.FileContents;
import dev.portolan.rollout.Guard;
import dev.portolan.rollout.ReleaseCommandsLeft;
import dev.portolan.rollout.Rollout;
import dev.portolan.rollout.RolloutEvent;
import dev.portolan.rollout.RolloutResult;
import dev.portolan.rollout.RolloutState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One app and everything a use case needs of it.
 *
 * @param name of the app
 * @param keeper the host that keeps the lock and the journal
 */
public record App(
        String name, HostId keeper, Fleet fleet, TaskRunner runner, FileContents contents, Identity identity) {
    private static final Duration SEEN_WITHIN = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    public HostFiles files() {
        return fleet.on(keeper).files();
    }

    public Journal journal() {
        return new Journal(files(), name);
    }

    public ReleaseStore releases() {
        return new ReleaseStore(files(), name);
    }

    /** The journal as it is now, without the steps; a torn last line is repaired and said. */
    public History history(Consumer<Notice> notices) {
        return history(journal().outline(), notices);
    }

    /** As {@link #history}, with every step. */
    public History historyInFull(Consumer<Notice> notices) {
        return history(journal().read(), notices);
    }

    private static History history(Journal.Content content, Consumer<Notice> notices) {
        content.torn().ifPresent(line -> notices.accept(new Notice.TornLine(line)));
        return History.of(content.entries());
    }

    public Observed observe(List<Desired> releases) {
        releases.forEach(release -> fleet.know(release.hosts()));
        return new Observer(fleet, runner).observe(releases);
    }

    /** As {@link #observe}, and a host that is silent does not keep it waiting. */
    Observed glance(List<Desired> releases) {
        return new Observer(fleet, runner).observe(releases, SILENCE);
    }

    /** Regions that a person has drained, and that rollouts leave so. */
    Set<String> drainedByHand() {
        try {
            return Set.copyOf(files().list(drainedFolder()));
        } catch (IOException broken) {
            throw drainUnknown(broken);
        }
    }

    /** Remembers that a person has drained a region, or wants its readers back. */
    void drainedByHand(String region, boolean drained) {
        try {
            if (drained) {
                files().write(drainedFolder() + "/" + region, identity.who() + "\n");
            } else {
                files().remove(drainedFolder() + "/" + region);
            }
        } catch (IOException broken) {
            throw drainUnknown(broken);
        }
    }

    private String drainedFolder() {
        return "apps/" + name + "/drained";
    }

    private UserError drainUnknown(IOException cause) {
        return new UserError(
                "which regions are drained by hand is kept on " + keeper + " and cannot be read or changed: "
                        + cause.getMessage(),
                "check the disk and the rights of the folder on the primary's host",
                ExitCode.FAILED,
                cause);
    }

    /** An open rollout that has nothing left to do has ended, although its own command could not say so. */
    void endOpen(History history) {
        history.open()
                .flatMap(open -> load(Optional.of(open.started().to())))
                .ifPresent(release -> new ReleaseCommandsLeft(name, fleet).clear(List.of(release)));
        history.open()
                .ifPresent(open -> journal()
                        .add(new JournalEntry.Ended(
                                open.started().rollout(),
                                runner.now(),
                                history.committed()
                                                .equals(Optional.of(
                                                        open.started().to()))
                                        ? Outcome.COMMITTED
                                        : Outcome.ROLLED_BACK,
                                Optional.of("its command was cut off when nothing was left to do"),
                                0,
                                0)));
    }

    /** Takes the lock, renewed until it is closed. */
    public HeldLock lock(String purpose) {
        return HeldLock.take(this, purpose);
    }

    /** The plan to a release from what is there now, and what it was made from. */
    Draft draft(Desired desired, History history, Request.Mode mode, Optional<Desired> abandoned) {
        return draft(
                desired,
                history,
                mode,
                abandoned,
                mode == Request.Mode.FORWARD ? command(desired, history) : Command.LEAVE_OUT);
    }

    /** What serves already has had its command; so has what an earlier command line has begun to roll out, if the journal says so. */
    private static Command command(Desired desired, History history) {
        ReleaseId release = desired.release();
        if (history.committed().equals(Optional.of(release)) || history.commandSucceeded(release)) {
            return Command.LEAVE_OUT;
        }
        boolean begun = history.open()
                .filter(open -> open.started().to().equals(release))
                .isPresent();
        return begun ? Command.GO_ON : Command.RUN;
    }

    Draft draft(Desired desired, History history, Request.Mode mode, Optional<Desired> abandoned, Command command) {
        Questions stored = new Questions();
        Answer<Optional<Desired>> committed = stored.put(() -> load(history.committed()));
        Answer<Optional<Desired>> kept = stored.put(() -> load(history.previous()));
        Answer<Set<String>> drained = stored.put(this::drainedByHand);
        stored.ask(runner);
        Request request = new Request(
                desired,
                committed.get(),
                kept.get(),
                history.keptUntil(),
                abandoned,
                drained.get(),
                runner.now(),
                mode,
                command);
        Observed observed = observe(Stream.of(Optional.of(desired), committed.get(), kept.get(), abandoned)
                .flatMap(Optional::stream)
                .toList());
        Plan plan = Planner.plan(request, observed);
        if (mode == Request.Mode.FORWARD) { // what goes back tries as well as it can
            FreePorts.require(plan, fleet);
            StoredSecrets.require(plan, contents, runner);
        }
        return new Draft(request, observed, plan);
    }

    /** @param observed from which the plan was made */
    record Draft(Request request, Observed observed, Plan plan) {}

    /** Does the plan of a draft, sees that readers come to it, and then forgets what is old. For who holds the lock. */
    RolloutResult roll(
            Draft draft,
            Purpose purpose,
            Optional<String> pauseBefore,
            Guard lease,
            Guard cancellation,
            Consumer<RolloutEvent> listener) {
        Request request = draft.request();
        List<Desired> releases = request.releases();
        RolloutResult result = new Rollout(
                        new Rollout.Terms(newRolloutId(runner.now()), purpose, identity.who(), request, pauseBefore),
                        new Rollout.Tools(
                                fleet,
                                runner,
                                journal(),
                                () -> observe(releases),
                                contents,
                                lease,
                                cancellation,
                                listener))
                .run(draft.plan());
        if (result.state() == RolloutState.COMMITTED) {
            awaitReaders(lease);
        }
        boolean committed = result.state() == RolloutState.COMMITTED;
        tidy(releases, committed ? List.of(request.desired()) : releases, lease);
        return result;
    }

    /**
     * The traffic layer looks for itself whether a region answers, about once in half a second: who is told that the app is up must
     * find it there. One that stays away is seen in {@code status}.
     */
    private void awaitReaders(Guard lease) {
        try {
            var end = runner.now().plus(SEEN_WITHIN);
            while (fleet.traffic().observe().pools().containsValue(PoolState.DOWN)
                    && runner.now().isBefore(end)) {
                lease.check();
                runner.sleep(LOOK_AGAIN);
            }
        } catch (UserError hindered) {
            // the rollout has come to its end all the same
        }
    }

    /**
     * @param recent those whose hosts are tidied, the desired one first
     * @param needed those of them that are needed, whatever the journal says
     */
    private void tidy(List<Desired> recent, List<Desired> needed, Guard lease) {
        try {
            lease.check();
            new Pruning(this)
                    .afterRollout(recent, needed, recent.getFirst().rollout().retained());
        } catch (UserError hindered) {
            // the rollout has come to its end all the same, and the next one tidies too
        }
    }

    /** A release that is stored, with its hosts, which the configuration may not have any more. */
    Optional<Desired> load(Optional<ReleaseId> release) {
        Optional<Desired> stored = release.flatMap(id -> releases().load(id));
        stored.ifPresent(desired -> fleet.know(desired.hosts()));
        return stored;
    }

    /** Sortable by time, and unique. */
    private String newRolloutId(Instant now) {
        return now.getEpochSecond() + "-" + identity.unique().get().substring(0, 8);
    }

    Lease.Owner owner(String purpose) {
        return new Lease.Owner(
                identity.unique().get(),
                identity.who(),
                identity.machine(),
                identity.process(),
                purpose,
                runner.now(),
                0);
    }

    /**
     * Who runs the command.
     *
     * @param who user and machine, for people
     * @param machine identity of the machine, to recognise its dead processes
     * @param process id of this process
     * @param alive whether a process of this machine lives
     * @param unique source of unique names
     */
    public record Identity(
            String who,
            String machine,
            long process,
            java.util.function.LongPredicate alive,
            java.util.function.Supplier<String> unique) {

        /** This process on this machine. */
        public static Identity ofThisProcess(String machine) {
            return new Identity(
                    System.getProperty("user.name", "somebody") + "@" + machine,
                    machine,
                    ProcessHandle.current().pid(),
                    pid -> ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false),
                    () -> UUID.randomUUID().toString());
        }

        boolean isDead(Lease.Owner owner) {
            return owner.machine().equals(machine) && !alive.test(owner.process());
        }
    }
}
