package dev.portolan.demo;

import dev.portolan.deploy.App;
import dev.portolan.deploy.Deploy;
import dev.portolan.deploy.Rollback;
import dev.portolan.fleet.CancelledException;
import dev.portolan.load.Load;
import dev.portolan.load.LoadReport;
import dev.portolan.model.Desired;
import dev.portolan.model.UserError;
import dev.portolan.rollout.Guard;
import dev.portolan.rollout.RolloutEvent;
import dev.portolan.rollout.RolloutResult;
import dev.portolan.rollout.RolloutState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The whole idea on real parts, in acts: an app goes up in three regions; a new release rolls out; two broken ones are refused;
 * the new one is rolled back; a region is killed and comes back. Readers at three places read from the first deploy to the end.
 */
public final class Demo {
    private static final Duration BETWEEN_ACTS = Duration.ofSeconds(2);
    private static final String VICTIM = "sydney";

    private final Releases releases;
    private final App app;
    private final Guard cancellation;
    private final Consumer<String> say;
    private final Consumer<RolloutEvent> listener;
    private final List<String> broken = new ArrayList<>();

    /** The releases of the demo's app. */
    @FunctionalInterface
    public interface Releases {

        /**
         * Reads the app's files as they are for a release.
         *
         * @param version such as {@code v1}
         * @param fault empty for a good release; {@code heartbeat} for one whose health check fails, {@code requests} for one
         *     that fails only under real requests
         */
        Desired read(String version, String fault);
    }

    /**
     * @param say takes the story, a line at a time
     * @param listener takes what the rollouts do
     */
    public Demo(Releases releases, App app, Guard cancellation, Consumer<String> say, Consumer<RolloutEvent> listener) {
        this.releases = releases;
        this.app = app;
        this.cancellation = cancellation;
        this.say = say;
        this.listener = listener;
    }

    /**
     * How the demo went.
     *
     * @param load what became of every request
     * @param broken promises that were not kept, as sentences; none when all is well
     */
    public record Report(LoadReport load, List<String> broken) {

        public boolean good() {
            return load.failed() == 0 && broken.isEmpty();
        }
    }

    /**
     * Plays all acts. The app is left running.
     *
     * @throws UserError when an act could not be played at all
     * @throws CancelledException when the person asked to stop
     */
    public Report run() {
        Desired first = releases.read("v1", "");
        say.accept("a. Release v1 goes up in Dublin (the primary), San Francisco and Sydney.");
        require(RolloutState.COMMITTED, deploy(first), "the first release");
        Audience audience = new Audience(first);
        try (Load load = Load.start(audience.readers())) {
            say.accept("   Readers at three places now read until the end, and every request is counted.");
            pause();
            newRelease(first);
            refused();
            rollBack();
            RegionDeath death = new RegionDeath(app, first, VICTIM, load, say, cancellation);
            death.play(() -> require(RolloutState.COMMITTED, deploy(first), "the repair of " + VICTIM))
                    .ifPresent(broken::add);
            pause();
            LoadReport report = load.stop();
            audience.effects(load.posts()).ifPresent(broken::add);
            return new Report(report, List.copyOf(broken));
        }
    }

    private void newRelease(Desired first) {
        say.accept("b. Release v2 rolls out: the secondaries together, then the primary.");
        Untouched untouched = Untouched.of(app, first, List.of("memcached", "db"));
        RolloutResult result = deploy(releases.read("v2", ""));
        require(RolloutState.COMMITTED, result, "release v2");
        untouched.problem().ifPresent(broken::add);
        say.accept("   Done in " + seconds(result.took()) + "; memcached and the database were not touched.");
        pause();
    }

    private void refused() {
        say.accept("c. Release v3 is broken: its health check fails.");
        RolloutResult unhealthy = deploy(releases.read("v3", "heartbeat"));
        require(RolloutState.ROLLED_BACK, unhealthy, "release v3");
        say.accept("   Refused: " + unhealthy.reason().orElse("") + ". v2 serves everywhere.");
        say.accept("   Release v4 is broken too: it is healthy, but fails under real requests.");
        RolloutResult failing = deploy(releases.read("v4", "requests"));
        require(RolloutState.ROLLED_BACK, failing, "release v4");
        say.accept("   Caught: " + failing.reason().orElse("") + ". v2 serves everywhere.");
        pause();
    }

    private void rollBack() {
        say.accept("d. Roll back to v1 in all regions.");
        CutOverClock clock = new CutOverClock(app.runner().now(), app.runner()::now);
        Optional<RolloutResult> result = new Rollback(app).rollback(Optional.empty(), options(event -> {
            clock.accept(event);
            listener.accept(event);
        }));
        require(RolloutState.COMMITTED, result.orElseThrow(), "the rollback");
        say.accept("   All readers were back on v1 after " + seconds(clock.lastCutOver()) + ".");
        if (clock.lastCutOver().compareTo(Duration.ofSeconds(1)) > 0) {
            say.accept("   (More than the second that it takes on a quiet machine.)");
        }
        pause();
    }

    private RolloutResult deploy(Desired release) {
        return new Deploy(app)
                .deploy(release, options(listener))
                .orElseThrow(() -> new UserError(
                        "there was nothing to deploy for release " + release.release(),
                        "another command works on the demo's app; end it and start the demo again"));
    }

    private Deploy.Options options(Consumer<RolloutEvent> events) {
        return new Deploy.Options(Optional.empty(), plan -> true, cancellation, events, notice -> {});
    }

    private void require(RolloutState wanted, RolloutResult result, String what) {
        cancellation.check();
        if (result.state() != wanted) {
            throw new UserError(
                    what + " ended " + result.state() + " instead of " + wanted + ": "
                            + result.reason().orElse("no reason was given"),
                    "see the lines above; run with --keep to look at what runs");
        }
    }

    private void pause() {
        cancellation.check();
        app.runner().sleep(BETWEEN_ACTS);
    }

    static String seconds(Duration duration) {
        return String.format(java.util.Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
    }
}
