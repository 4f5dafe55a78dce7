package dev.portolan.rollout;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.docker.EngineException;
import dev.portolan.fleet.CancelledException;
import dev.portolan.fleet.Fleet;
import dev.portolan.fleet.TaskRunner;
import dev.portolan.journal.Journal;
import dev.portolan.journal.JournalEntry;
import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerState;
import dev.portolan.model.HostId;
import dev.portolan.model.Labels;
import dev.portolan.model.ReleaseId;
import dev.portolan.model.UserError;
import dev.portolan.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Runs release commands, each in a container of its own. The container stays until its end is in the journal: a command line that was
 * cut off before that is followed by one that finds it, and waits for it or takes its end for what it is.
 */
final class ReleaseCommandRuns {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final Duration FOR_LAST_LINES = Duration.ofSeconds(5);
    private static final int ALL = -1;

    private final String rollout;
    private final String app;
    private final Fleet fleet;
    private final TaskRunner runner;
    private final Journal journal;
    private final FileContents contents;

    ReleaseCommandRuns(
            String rollout, String app, Fleet fleet, TaskRunner runner, Journal journal, FileContents contents) {
        this.rollout = rollout;
        this.app = app;
        this.fleet = fleet;
        this.runner = runner;
        this.journal = journal;
        this.contents = contents;
    }

    /**
     * Runs one to its end, notes that in the journal, and removes its container.
     *
     * @param progress told its output, line by line
     * @throws UserError when it fails, takes too long or may not go on; it does not run any more then, unless the lock was lost
     */
    void run(Step.RunReleaseCommand step, ReleaseId release, Guard guard, Consumer<String> progress) {
        ContainerEngine engine = engine(step.host());
        String name = app + "-" + step.host().region() + "-" + step.service().name() + "-release-" + release;
        Duration grace = step.service().container().process().stopGrace();
        new ReleaseCommandsLeft(app, fleet)
                .end(
                        step.host(),
                        grace,
                        container -> !(step.goesOn() && container.name().equals(name)));
        Instant began = runner.now();
        CommandOutput output = new CommandOutput();
        try {
            begin(name, step, release, engine);
            int exitCode = await(name, step, guard, line -> {
                String shown = contents.withoutSecrets(line);
                output.add(shown);
                progress.accept(shown);
            });
            ended(release, exitCode == 0, "exited with " + exitCode, began, output, progress);
            if (exitCode != 0) {
                throw new UserError(
                        "the release command exited with " + exitCode + lastOf(output),
                        "correct it, or the release, and deploy again; all that it wrote: "
                                + journal.outputOf(release));
            }
        } catch (TooLong limit) {
            end(name, step);
            String how = "did not end within " + step.command().limit().toSeconds() + " s";
            ended(release, false, how, began, output, progress);
            throw new UserError(
                    "the release command " + how + lastOf(output),
                    "raise release.timeout, or make it end sooner; all that it wrote: " + journal.outputOf(release));
        } catch (CancelledException cancelled) {
            end(name, step);
            ended(release, false, "was stopped", began, output, progress);
            throw cancelled;
        }
        engine.remove(name);
    }

    private void begin(String name, Step.RunReleaseCommand step, ReleaseId release, ContainerEngine engine) {
        Optional<ContainerState> found = engine.container(name);
        boolean failedBefore = found.filter(container ->
                        hasEnded(container) && !container.exitCode().equals(Optional.of(0)))
                .isPresent();
        if (failedBefore) {
            engine.remove(name);
        }
        // also of one that runs already: who does not know the values cannot keep them out of what it writes
        ContainerSpec open = OpenSecrets.in(step.service().container(), contents);
        List<byte[]> files =
                open.storage().files().stream().map(contents::contentOf).toList();
        if (found.isEmpty() || failedBefore) {
            ContainerSpec spec =
                    OneOffSpec.unattended(open, step.command().command()).besides(other -> runningOf(other, step));
            engine.create(
                    name,
                    fleet.on(step.host()).placed(spec),
                    Map.of(Labels.ROLE, ReleaseCommandsLeft.ROLE, Labels.RUN_OF, app, Labels.RELEASE, release.value()),
                    Optional.empty(),
                    files);
        }
        if (!found.filter(container -> container.running() || isGood(container)).isPresent()) {
            engine.start(name);
        }
    }

    private String runningOf(String service, Step.RunReleaseCommand step) {
        return engine(step.host())
                .containers(Map.of(Labels.APP, app, Labels.REGION, step.host().region(), Labels.SERVICE, service))
                .stream()
                .filter(ContainerState::running)
                .findFirst()
                .orElseThrow(() -> new UserError(
                        step.service().name() + " shares namespaces or volumes of " + service
                                + ", of which none runs on " + step.host(),
                        "give the release command a service that shares none"))
                .id();
    }

    private int await(String name, Step.RunReleaseCommand step, Guard guard, Consumer<String> lines) {
        Instant deadline = runner.now().plus(step.command().limit());
        AtomicBoolean told = new AtomicBoolean();
        runner.inBackground(() -> {
            try {
                engine(step.host()).logs(name, true, ALL, line -> lines.accept(line.text()));
            } catch (UserError broken) {
                lines.accept("(its output cannot be read any more: " + broken.message() + ")");
            } finally {
                told.set(true);
            }
        });
        while (true) {
            ContainerState state = engine(step.host())
                    .container(name)
                    .orElseThrow(() -> new UserError(
                            "the container of the release command is gone: " + name,
                            "somebody or something removed it; deploy again"));
            if (hasEnded(state)) {
                awaitLines(told);
                return state.exitCode().orElse(-1);
            }
            guard.check();
            if (!runner.now().isBefore(deadline)) {
                throw new TooLong();
            }
            runner.sleep(BETWEEN_LOOKS);
        }
    }

    private void awaitLines(AtomicBoolean told) {
        Instant deadline = runner.now().plus(FOR_LAST_LINES);
        while (!told.get() && runner.now().isBefore(deadline)) {
            runner.sleep(BETWEEN_LOOKS.dividedBy(10));
        }
    }

    private void ended(
            ReleaseId release,
            boolean succeeded,
            String how,
            Instant began,
            CommandOutput output,
            Consumer<String> progress) {
        Instant now = runner.now();
        try {
            journal.keepOutput(release, output.text());
        } catch (UserError broken) {
            progress.accept("(its output is not kept: " + broken.message() + ")");
        }
        journal.add(new JournalEntry.CommandEnded(
                rollout, now, release, succeeded, how, Duration.between(began, now), output.end()));
    }

    private void end(String name, Step.RunReleaseCommand step) {
        ContainerEngine engine = engine(step.host());
        try {
            engine.container(name)
                    .ifPresent(container -> ReleaseCommandsLeft.end(
                            engine,
                            container,
                            step.service().container().process().stopGrace()));
        } catch (EngineException unreachable) {
            // the way back ends it
        }
    }

    private static boolean hasEnded(ContainerState container) {
        return switch (container.status()) {
            case EXITED, DEAD -> true;
            case CREATED, RUNNING, PAUSED, RESTARTING -> false;
        };
    }

    private static boolean isGood(ContainerState container) {
        return hasEnded(container) && container.exitCode().equals(Optional.of(0));
    }

    private static String lastOf(CommandOutput output) {
        List<String> lines = output.end();
        return lines.isEmpty() ? ", and wrote nothing" : ", and wrote last: " + lines.getLast();
    }

    private ContainerEngine engine(HostId host) {
        return fleet.on(host).engine();
    }

    private static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
