package dev.portolan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.deploy.Preview;
import dev.portolan.model.ContainerState;
import dev.portolan.model.ContainerState.Health;
import dev.portolan.model.Desired;
import dev.portolan.model.ProxyPorts;
import dev.portolan.model.Region;
import dev.portolan.plan.StepText;
import java.io.IOException;
import java.net.URI;
import java.net.URLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** What serves in the harbour, from every side. */
public final class Serving {
    private static final int REQUESTS = 4;

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private Serving() {}

    /** Waits until each region answers by its own proxy. */
    public static void awaitAnswers(Harbour harbour) throws InterruptedException {
        Desired release = harbour.release("v1");
        for (Region region : release.regions()) {
            await(
                    region.name() + " answers",
                    LIMIT,
                    () -> !answer(release, region).isEmpty());
        }
    }

    /** Waits until containers and proxies have settled after something happened to them. */
    public static void awaitNothingToDo(Harbour harbour, String version) throws InterruptedException {
        Desired release = harbour.release(version);
        await(version + " is whole", LIMIT, () -> plan(harbour, release).isEmpty());
    }

    private static void await(String what, Duration limit, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(PAUSE);
        }
    }

    /** Fails unless this release, and nothing else, serves in every region, and is what the hosts should serve. */
    public static void assertServes(Harbour harbour, String version) {
        Desired release = harbour.release(version);
        assertAnswers(harbour, version);
        harbour.regions().forEach(region -> assertRuns(harbour, release, region));
        assertThat(plan(harbour, release)).as("a further plan to " + version).isEmpty();
        assertThat(harbour.app().history(notice -> {}).committed()).contains(release.release());
    }

    /**
     * As above, for a release that was brought back: it serves at once, but nobody has waited for the health of its workers, since
     * they served here before.
     */
    public static void assertServesAgain(Harbour harbour, String version) throws InterruptedException {
        assertAnswers(harbour, version);
        awaitNothingToDo(harbour, version);
        assertServes(harbour, version);
    }

    /** Fails unless each region's own proxy answers by this release. */
    public static void assertAnswers(Harbour harbour, String version) {
        Desired release = harbour.release(version);
        for (Region region : release.regions()) {
            for (int request = 0; request < REQUESTS; request++) {
                assertThat(answer(release, region))
                        .as("what serves in " + region.name())
                        .isEqualTo(version);
            }
        }
    }

    /** The release that a region's proxy answers by; empty when it does not answer. */
    private static String answer(Desired release, Region region) {
        String origin = ProxyPorts.originOf(release, region.hosts().getFirst());
        try {
            URLConnection connection =
                    URI.create("http://" + origin + "/").toURL().openConnection();
            connection.getInputStream().close();
            return Objects.toString(connection.getHeaderField("X-Release"), "");
        } catch (IOException broken) {
            return "";
        }
    }

    private static List<String> plan(Harbour harbour, Desired release) {
        return StepText.of(new Preview(harbour.app()).plan(release, notice -> {}));
    }

    /** Old containers of the route may run on, drained; a worker never has company. */
    private static void assertRuns(Harbour harbour, Desired release, String region) {
        release.workload(region).services().forEach(service -> {
            List<ContainerState> running = harbour.running(release, region, service.name());
            List<ContainerState> own = running.stream()
                    .filter(container -> container.configHash().equals(service.hash()))
                    .toList();
            assertThat(own).as(service.name() + " in " + region).hasSize(service.replicas());
            assertThat(own).extracting(ContainerState::health).doesNotContain(Health.UNHEALTHY, Health.STARTING);
            if (!service.name().equals("web")) {
                assertThat(running).as(service.name() + " in " + region).isEqualTo(own);
            }
        });
    }
}
