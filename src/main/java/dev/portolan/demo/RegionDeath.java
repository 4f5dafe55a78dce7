package dev.portolan.demo;

import dev.portolan.deploy.App;
import dev.portolan.docker.ContainerEngine;
import dev.portolan.load.Load;
import dev.portolan.load.LoadReport;
import dev.portolan.model.ContainerState;
import dev.portolan.model.Desired;
import dev.portolan.model.Host;
import dev.portolan.model.Labels;
import dev.portolan.model.ProxyPorts;
import dev.portolan.model.Region;
import dev.portolan.rollout.Guard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A region is killed under its readers: every container of it, at once. Then it comes back. */
final class RegionDeath {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long ENOUGH = 20;

    private final App app;
    private final Desired release;
    private final Region victim;
    private final Load load;
    private final Consumer<String> say;
    private final Guard cancellation;

    RegionDeath(App app, Desired release, String victim, Load load, Consumer<String> say, Guard cancellation) {
        this.app = app;
        this.release = release;
        this.victim = release.region(victim);
        this.load = load;
        this.say = say;
        this.cancellation = cancellation;
    }

    /**
     * @param repair brings the region back
     * @return what was promised and did not happen, as a sentence
     */
    Optional<String> play(Runnable repair) {
        say.accept("e. Sydney is killed: its proxy and all its containers, at once.");
        kill();
        long elsewhere = served(false);
        if (!within(() -> served(false) >= elsewhere + ENOUGH)) {
            return Optional.of("the readers of Sydney were not served by another region");
        }
        say.accept("   Its readers are served by the next nearest region. One deploy puts it right:");
        repair.run();
        long home = served(true);
        if (!within(() -> served(true) >= home + ENOUGH)) {
            return Optional.of("the readers of Sydney did not come back to it");
        }
        say.accept("   Sydney is back, and so are its readers.");
        return Optional.empty();
    }

    private void kill() {
        try {
            load.duringFault("Sydney killed", () -> {
                victim.hosts().forEach(this::kill);
                return true;
            });
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void kill(Host host) {
        ContainerEngine engine = app.fleet().on(host.id()).engine();
        List<String> names = engine.containers(Map.of(Labels.APP, release.app(), Labels.REGION, victim.name())).stream()
                .filter(ContainerState::running)
                .map(ContainerState::name)
                .toList();
        // signals come one by one, a region dies as a whole: readers must not hear from a web service whose database
        // went first
        engine.signal(ProxyPorts.containerNameOf(release.app(), host), "KILL");
        app.runner().forEach(names, name -> engine.signal(name, "KILL"));
    }

    /** Requests of the victim's readers so far that were answered by it, or by others. */
    private long served(boolean home) {
        LoadReport report = load.snapshot();
        return report.served().stream()
                .filter(row -> row.place().equals("Sydney"))
                .filter(row -> row.by().region().equals(victim.name()) == home)
                .mapToLong(LoadReport.ServedRow::succeeded)
                .sum();
    }

    private boolean within(BooleanSupplier condition) {
        Instant end = app.runner().now().plus(LIMIT);
        while (!condition.getAsBoolean()) {
            cancellation.check();
            if (app.runner().now().isAfter(end)) {
                return false;
            }
            app.runner().sleep(Duration.ofMillis(100));
        }
        return true;
    }
}
