package dev.portolan.rollout;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.docker.ContainerEngine.LogLine;
import dev.portolan.docker.EngineException;
import dev.portolan.fleet.Fleet;
import dev.portolan.fleet.Fleet.HostAccess;
import dev.portolan.fleet.TaskRunner;
import dev.portolan.host.HostTrees;
import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerSpec.FileInContainer;
import dev.portolan.model.ContainerState;
import dev.portolan.model.ExitCode;
import dev.portolan.model.Hook;
import dev.portolan.model.Labels;
import dev.portolan.model.ReleaseFiles;
import dev.portolan.model.ReleaseId;
import dev.portolan.model.RestartPolicy;
import dev.portolan.model.TrafficState.PoolState;
import dev.portolan.model.UserError;
import dev.portolan.plan.Renaming;
import dev.portolan.plan.Replica;
import dev.portolan.plan.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Does steps. Doing one again after it was cut off in the middle does the rest of it. */
final class StepExecutor {
    private static final int LOG_TAIL = 5;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Fleet fleet;
    private final TaskRunner runner;
    private final FileContents contents;
    private final String app;
    private final Patience patience;
    private final Readers readers;
    private final ReleaseCommandRuns commands;

    StepExecutor(Fleet fleet, TaskRunner runner, FileContents contents, String app, ReleaseCommandRuns commands) {
        this.fleet = fleet;
        this.runner = runner;
        this.contents = contents;
        this.app = app;
        this.patience = new Patience(runner);
        this.readers = new Readers(fleet);
        this.commands = commands;
    }

    /**
     * Does one step.
     *
     * @param release that new containers are labelled with
     * @param guard asked while waiting
     * @param progress lines for a person
     */
    void execute(Step step, ReleaseId release, Guard guard, Consumer<String> progress) {
        try {
            carryOut(step, release, guard, line -> progress.accept(contents.withoutSecrets(line)));
        } catch (UserError failed) {
            throw OpenSecrets.hidden(failed, contents);
        }
    }

    private void carryOut(Step step, ReleaseId release, Guard guard, Consumer<String> progress) {
        switch (step) {
            case Step.PrepareTraffic(var pools) -> fleet.traffic().ensure(pools);
            case Step.RemoveTraffic() -> fleet.traffic().remove();
            case Step.DrainRegion drain -> drain(drain, guard, progress);
            case Step.UndrainRegion(var region) -> fleet.traffic().undrain(region);
            case Step.PrepareImage(var host, var image) ->
                access(step).images().provide(image, contents.forBuilds(), progress);
            case Step.CreateNetwork(var host, var network, var subnet, var range) ->
                engine(step).ensureNetwork(network, subnet, range, labels(host.region()));
            case Step.CreateVolume(var host, var volume) -> engine(step).ensureVolume(volume, labels(host.region()));
            case Step.BringFiles bring -> bring(bring);
            case Step.MakeFolder make -> make(make);
            case Step.PrepareProxy(var host, var settings) ->
                patience.run(guard, () -> access(step).proxy().ensure(settings));
            case Step.Start start -> start(start.replicas(), start.limit(), start, release);
            case Step.RunReleaseCommand run -> commands.run(run, release, guard, progress);
            case Step.RunJobs jobs -> runJobs(jobs, release, guard, progress);
            case Step.AwaitHealthy await -> awaitHealthy(await, guard, progress);
            case Step.CutOver cutOver -> patience.run(guard, () -> readers.cutOver(cutOver));
            case Step.Drain(var host, var service, var servers, var limit) ->
                patience.ask(guard, () -> access(step).proxy().drain(service, servers, limit));
            case Step.Stop stop -> runner.forEach(stop.containers(), container -> stop(container, stop, progress));
            case Step.Remove(var host, var containers) ->
                runner.forEach(containers, container -> engine(step).remove(container));
            case Step.RemoveProxy(var host) -> access(step).proxy().remove();
            case Step.RemoveNetwork(var host, var network) -> engine(step).removeNetwork(network);
            case Step.Commit commit -> commit(commit, guard);
        }
    }

    private void bring(Step.BringFiles step) {
        HostTrees trees = access(step).trees();
        try {
            Set<String> there = trees.stored().contents();
            for (ReleaseFiles wanted : step.files()) {
                if (!there.contains(wanted.digest())) {
                    trees.put(contents.treeOf(wanted));
                }
            }
        } catch (IOException broken) {
            throw notKept(step, broken);
        }
    }

    private void make(Step.MakeFolder step) {
        HostTrees trees = access(step).trees();
        try {
            if (!trees.stored().folders().containsKey(step.folder().name())) {
                trees.makeFolder(step.folder().name(), contents.seedOf(step.folder()));
            }
        } catch (IOException broken) {
            throw notKept(step, broken);
        }
    }

    private static UserError notKept(Step.OnHost step, IOException cause) {
        return new UserError(
                "host " + step.host() + " cannot keep files of the project: " + cause.getMessage(),
                "check its disk and the rights of Portolan's folder there",
                ExitCode.FAILED,
                cause);
    }

    private void drain(Step.DrainRegion drain, Guard guard, Consumer<String> progress) {
        boolean leave = drain.alone() == Step.WhenAlone.LEAVE || anotherServes(drain.region(), guard);
        if (leave) {
            fleet.traffic().drain(drain.region(), drain.limit());
        } else if (drain.alone() == Step.WhenAlone.FAIL && poolOf(drain.region()) == PoolState.UP) {
            throw new UserError(
                    "no region but " + drain.region() + " serves now, so its readers cannot go elsewhere while it is"
                            + " changed",
                    "see why with: portolan status; deploy again when another region serves");
        } else {
            progress.accept("no other region serves now: the readers of " + drain.region() + " stay");
        }
    }

    private PoolState poolOf(String region) {
        return fleet.traffic().observe().pools().getOrDefault(region, PoolState.DOWN);
    }

    /** A region whose proxy or container has just died is back within a moment, so it is waited for. */
    private boolean anotherServes(String region, Guard guard) {
        var end = runner.now().plus(Patience.LIMIT);
        while (true) {
            var pools = fleet.traffic().observe().pools();
            boolean drained = pools.get(region) == PoolState.DRAINED;
            boolean another = pools.entrySet().stream()
                    .anyMatch(pool -> !pool.getKey().equals(region) && pool.getValue() == PoolState.UP);
            if (drained || another || !runner.now().isBefore(end)) {
                return drained || another;
            }
            guard.check();
            runner.sleep(BETWEEN_LOOKS);
        }
    }

    private void start(List<Replica> replicas, Duration limit, Step.OnHost step, ReleaseId release) {
        runner.forEach(replicas, replica -> {
            if (!replica.exists()) {
                create(replica, step, release);
            }
            engine(step).start(replica.container());
            runPostStart(replica, limit, step);
        });
    }

    /**
     * A new container is stopped when a hook fails: otherwise a later rollout would find it running, and take it for one that
     * has started. One that was there before may have requests already.
     */
    private void runPostStart(Replica replica, Duration limit, Step.OnHost step) {
        var process = replica.service().container().process();
        try {
            hooks(replica.container(), limit, step).afterStart(process.postStart());
        } catch (UserError failed) {
            if (!replica.exists()) {
                stopAfter(failed, replica, step);
            }
            throw failed;
        }
    }

    private void stopAfter(UserError failed, Replica replica, Step.OnHost step) {
        try {
            engine(step)
                    .stop(
                            replica.container(),
                            replica.service().container().process().stopGrace());
        } catch (EngineException unreachable) {
            failed.addSuppressed(unreachable);
        }
    }

    private void stop(String container, Step.Stop step, Consumer<String> progress) {
        List<Hook> hooks = step.hooks().getOrDefault(container, List.of());
        boolean runs = !hooks.isEmpty()
                && engine(step)
                        .container(container)
                        .filter(ContainerState::running)
                        .isPresent();
        if (runs) {
            hooks(container, step.grace(), step).beforeStop(hooks, progress);
        }
        engine(step).stop(container, step.grace());
    }

    private HookRuns hooks(String container, Duration limit, Step.OnHost step) {
        return new HookRuns(container, limit, engine(step)::runHook);
    }

    private void create(Replica replica, Step.OnHost step, ReleaseId release) {
        List<byte[]> files = replica.service().container().storage().files().stream()
                .map((FileInContainer file) -> contents.contentOf(file))
                .toList();
        Map<String, String> labels = new HashMap<>(Map.of(
                Labels.APP, app,
                Labels.REGION, step.host().region(),
                Labels.SERVICE, replica.service().name(),
                Labels.RELEASE, release.value(),
                Labels.REPLICA, Integer.toString(replica.number()),
                Labels.CONFIG_HASH, replica.service().hash()));
        replica.neighbours().forEach((service, address) -> labels.put(Labels.NEIGHBOUR + service, address));
        Map<String, String> ids = new HashMap<>();
        replica.joined().forEach((service, container) -> ids.put(service, idOf(container, step)));
        ContainerSpec spec = replica.spec();
        spec.joins().forEach(service -> label(Labels.JOINED, service, ids, labels));
        spec.mountsVolumesOf().forEach(service -> label(Labels.VOLUMES_FROM, service, ids, labels));
        ContainerSpec placed = access(step).placed(spec.besides(service -> ids.getOrDefault(service, service)));
        ContainerSpec open = OpenSecrets.in(placed, contents);
        try {
            engine(step).create(replica.container(), open, labels, replica.address(), files);
        } catch (EngineException refused) {
            // cut off between create and start: the container is there, and is what it should be by its name
            if (engine(step).container(replica.container()).isEmpty()) {
                throw refused;
            }
        }
    }

    private static void label(String prefix, String service, Map<String, String> ids, Map<String, String> labels) {
        Optional.ofNullable(ids.get(service)).ifPresent(id -> labels.put(prefix + service, id));
    }

    private void runJobs(Step.RunJobs jobs, ReleaseId release, Guard guard, Consumer<String> progress) {
        // a job that failed before runs again from the start; one that still runs is waited for
        jobs.replicas().stream()
                .filter(job -> job.exists() && !stateOf(job, jobs).running())
                .forEach(job -> engine(jobs).remove(job.container()));
        List<Replica> fresh = jobs.replicas().stream().map(Replica::anew).toList();
        start(fresh, jobs.limit(), jobs, release);
        poll(
                jobs.limit(),
                guard,
                () -> "jobs did not end within " + seconds(jobs.limit()),
                () -> fresh.stream().allMatch(job -> jobEnded(job, jobs, progress)));
    }

    private boolean jobEnded(Replica job, Step.OnHost step, Consumer<String> progress) {
        ContainerState state = stateOf(job, step);
        if (state.status() != ContainerState.Status.EXITED && state.status() != ContainerState.Status.DEAD) {
            return false;
        }
        int exitCode = state.exitCode().orElse(-1);
        if (exitCode != 0) {
            tail(job, step, progress);
            throw new UserError(
                    "job " + job.service().name() + " exited with " + exitCode + " (" + job.container() + ")",
                    "see its output above, correct it and deploy again");
        }
        return true;
    }

    private void awaitHealthy(Step.AwaitHealthy step, Guard guard, Consumer<String> progress) {
        var waiting = new ArrayList<>(step.replicas());
        var since = runner.now();
        poll(
                step.limit(),
                guard,
                () -> names(waiting) + " did not become healthy within " + seconds(step.limit()),
                () -> {
                    Duration waited = Duration.between(since, runner.now());
                    waiting.removeIf(replica -> isHealthy(replica, step, waited, progress));
                    return waiting.isEmpty();
                });
    }

    private boolean isHealthy(Replica replica, Step.OnHost step, Duration waited, Consumer<String> progress) {
        ContainerState state = stateOf(replica, step);
        return switch (state.status()) {
            case RUNNING ->
                switch (state.health()) {
                    case HEALTHY -> true;
                    case NONE -> waited.compareTo(replica.service().settle()) >= 0;
                    case STARTING -> false;
                    case UNHEALTHY -> {
                        tail(replica, step, progress);
                        throw new UserError(
                                replica.container() + " is unhealthy: its health check fails",
                                "see its last output above, correct the release and deploy again");
                    }
                };
            case CREATED, PAUSED, RESTARTING -> false;
            case EXITED, DEAD -> {
                if (replica.service().mayEnd() && state.exitCode().equals(Optional.of(0))) {
                    yield true;
                }
                tail(replica, step, progress);
                throw new UserError(
                        replica.container() + " exited"
                                + state.exitCode().map(code -> " with " + code).orElse("")
                                + " instead of becoming healthy",
                        "see its last output above, correct the release and deploy again");
            }
        };
    }

    private void commit(Step.Commit planned, Guard guard) {
        HostAccess host = access(planned);
        Step.Commit commit = asCalledNow(planned, host.engine());
        // in this order a power cut in the middle finds a proxy whose containers all come back
        updateRestart(commit, policy -> !policy.equals(RestartPolicy.NEVER));
        if (!commit.serving().isEmpty()) {
            patience.run(guard, () -> readers.commit(commit));
        }
        updateRestart(commit, RestartPolicy.NEVER::equals);
        try {
            host.files().write("apps/" + app + "/committed", commit.release() + "\n");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        commit.names().forEach(change -> host.engine().rename(change.from(), change.to()));
    }

    /** Done again after it was cut off, a commit finds some containers renamed, and others under the names that those had. */
    private static Step.Commit asCalledNow(Step.Commit planned, ContainerEngine engine) {
        List<Renaming> left = planned.names().stream()
                .filter(change ->
                        engine.container(change.from()).filter(change::means).isPresent())
                .toList();
        Map<String, String> newNames = planned.names().stream()
                .filter(change -> !left.contains(change))
                .collect(Collectors.toMap(Renaming::from, Renaming::to));
        return newNames.isEmpty() ? planned : planned.calledNow(newNames, left);
    }

    private void updateRestart(Step.Commit commit, Predicate<RestartPolicy> which) {
        List<Map.Entry<String, RestartPolicy>> policies = commit.policies().entrySet().stream()
                .filter(policy -> which.test(policy.getValue()))
                .sorted(Map.Entry.comparingByKey())
                .toList();
        ContainerEngine engine = engine(commit);
        runner.forEach(policies, policy -> engine.updateRestart(policy.getKey(), policy.getValue()));
    }

    private ContainerState stateOf(Replica replica, Step.OnHost step) {
        return stateOf(replica.container(), step);
    }

    private String idOf(String container, Step.OnHost step) {
        return stateOf(container, step).id();
    }

    private ContainerState stateOf(String container, Step.OnHost step) {
        return engine(step)
                .container(container)
                .orElseThrow(() -> new UserError(
                        container + " is gone",
                        "somebody or something removed it while it was being deployed; deploy again"));
    }

    private void tail(Replica replica, Step.OnHost step, Consumer<String> progress) {
        engine(step)
                .logs(
                        replica.container(),
                        false,
                        LOG_TAIL,
                        (LogLine line) -> progress.accept(replica.container() + " | " + line.text()));
    }

    /** Polls at growing intervals until the condition holds. */
    private void poll(
            Duration limit,
            Guard guard,
            java.util.function.Supplier<String> failure,
            java.util.function.BooleanSupplier condition) {
        var deadline = runner.now().plus(limit);
        Duration interval = Duration.ofMillis(50);
        while (!condition.getAsBoolean()) {
            guard.check();
            if (runner.now().isAfter(deadline)) {
                throw new UserError(
                        failure.get(),
                        "see what they say with: portolan logs; raise rollout.healthy if they need longer");
            }
            runner.sleep(interval);
            interval = interval.multipliedBy(2).compareTo(Duration.ofMillis(250)) > 0
                    ? Duration.ofMillis(250)
                    : interval.multipliedBy(2);
        }
    }

    private HostAccess access(Step step) {
        return switch (step) {
            case Step.OnHost onHost -> fleet.on(onHost.host());
            case Step.PrepareTraffic prepare -> throw noHost(prepare);
            case Step.RemoveTraffic remove -> throw noHost(remove);
            case Step.DrainRegion drain -> throw noHost(drain);
            case Step.UndrainRegion undrain -> throw noHost(undrain);
        };
    }

    private ContainerEngine engine(Step step) {
        return access(step).engine();
    }

    private static IllegalArgumentException noHost(Step step) {
        return new IllegalArgumentException("not a step on a host: " + step);
    }

    private Map<String, String> labels(String region) {
        return Map.of(Labels.APP, app, Labels.REGION, region);
    }

    private static String names(List<Replica> replicas) {
        return String.join(", ", replicas.stream().map(Replica::container).toList());
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + " s";
    }
}
