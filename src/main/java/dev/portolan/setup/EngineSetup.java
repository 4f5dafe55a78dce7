package dev.portolan.setup;

import dev.portolan.model.UserError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Makes a Docker Engine answer on this machine: finds it, or installs and starts it. */
public final class EngineSetup {
    private static final Duration STEP = Duration.ofMillis(200);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Machine machine;
    private final EngineSocket socket;
    private final Path folder;

    /**
     * @param folder of Portolan's own files, for the log of an engine that it starts itself
     */
    public EngineSetup(Machine machine, EngineSocket socket, Path folder) {
        this.machine = machine;
        this.socket = socket;
        this.folder = folder;
    }

    /**
     * Returns once an engine answers.
     *
     * @param consent asked once, before anything is changed
     * @param progress one line for each thing that is done
     * @throws UserError when there is none and a person has to act, or did not agree
     */
    public EngineStart ensure(Consent consent, Consumer<String> progress) {
        switch (machine.ask(socket.path())) {
            case ANSWERS -> {
                return new EngineStart.Found();
            }
            case NOT_ALLOWED -> throw notAllowed(machine.facts().user());
            case SILENT -> {}
        }
        if (socket.chosen()) {
            throw new UserError(
                    "no Docker Engine answers at " + socket.path() + ", which DOCKER_HOST names",
                    "start that engine, or unset DOCKER_HOST");
        }
        MachineFacts facts = machine.facts();
        List<SetupStep> steps = EnginePlan.of(facts);
        if (!consent.agrees(EnginePlan.question(steps))) {
            throw new UserError("no Docker Engine answers on this machine", "start one, and try again");
        }
        return run(steps, facts.rights(), progress);
    }

    /** Ends an engine that this class started as a process; containers go on without it. Does nothing for others. */
    public void stop(EngineStart start) {
        if (start instanceof EngineStart.Daemon daemon) {
            machine.run(EngineCommands.stopDaemon(machine.facts().rights(), daemon.processId()));
        }
    }

    private EngineStart run(List<SetupStep> steps, Rights rights, Consumer<String> progress) {
        boolean installed = steps.contains(new SetupStep.Install());
        EngineStart start = new EngineStart.Found();
        for (SetupStep step : steps) {
            switch (step) {
                case SetupStep.Install _ -> Apt.install(machine, rights, EngineCommands.PACKAGES, progress);
                case SetupStep.StartUnit _ -> {
                    progress.accept("starting the Docker Engine by systemd");
                    runOrFail(EngineCommands.startUnit(rights), "see: journalctl -u docker");
                    start = new EngineStart.Service(installed);
                }
                case SetupStep.StartDaemon _ -> start = startDaemon(rights, installed, progress);
                case SetupStep.GrantAccess(String user) -> {
                    progress.accept("letting " + user + " use the Docker Engine");
                    for (Command command : EngineCommands.grantAccess(rights, user, socket.path())) {
                        runOrFail(command, "run it by hand, and try again");
                    }
                }
            }
        }
        return switch (await(Duration.ZERO)) {
            case ANSWERS -> start;
            case NOT_ALLOWED -> throw notAllowed(machine.facts().user());
            case SILENT -> throw new UserError("the Docker Engine does not answer at " + socket.path(), "see its log");
        };
    }

    private EngineStart startDaemon(Rights rights, boolean installed, Consumer<String> progress) {
        if (installed && machine.runs("dockerd")) { // the package has started it as it was installed
            await(START_LIMIT);
            return new EngineStart.Service(true);
        }
        Path log = folder.resolve("dockerd.log");
        Path pidFile = folder.resolve("dockerd.pid");
        progress.accept("starting a Docker Engine; its log is " + log);
        machine.startDetached(EngineCommands.startDaemon(rights, socket.path(), pidFile), log);
        if (await(START_LIMIT) == Machine.EngineAnswer.SILENT) {
            throw new UserError(
                    "the Docker Engine did not start within " + START_LIMIT.toSeconds() + " s: "
                            + String.join("; ", machine.tail(log, 3)),
                    "see " + log);
        }
        long processId = machine.tail(pidFile, 1).stream()
                .mapToLong(line -> Long.parseLong(line.strip()))
                .findFirst()
                .orElseThrow(() -> new UserError("the Docker Engine wrote no " + pidFile, "see " + log));
        return new EngineStart.Daemon(installed, processId, log);
    }

    private Machine.EngineAnswer await(Duration limit) {
        Machine.EngineAnswer answer = machine.ask(socket.path());
        for (Duration waited = Duration.ZERO;
                answer == Machine.EngineAnswer.SILENT && waited.compareTo(limit) < 0;
                waited = waited.plus(STEP)) {
            machine.pause(STEP);
            answer = machine.ask(socket.path());
        }
        return answer;
    }

    private void runOrFail(Command command, String remedy) {
        Machine.Result result = machine.run(command);
        if (!result.succeeded()) {
            throw new UserError("failed: " + command + ": " + result.lastWords(), remedy);
        }
    }

    private UserError notAllowed(String user) {
        return new UserError(
                "a Docker Engine runs, but " + user + " may not use its socket " + socket.path(),
                "run: sudo usermod -aG docker " + user + ", then log in again (or: sg docker -c './portolan demo')");
    }
}
