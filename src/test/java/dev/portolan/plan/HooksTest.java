package dev.portolan.plan;

import static dev.portolan.testing.Examples.NOON;
import static dev.portolan.testing.Examples.hostOf;
import static dev.portolan.testing.Examples.release;
import static dev.portolan.testing.Examples.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerSpec.ProcessSpec;
import dev.portolan.model.Desired;
import dev.portolan.model.Hook;
import dev.portolan.model.Hooks;
import dev.portolan.model.Service;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.UpdateOrder;
import dev.portolan.plan.Request.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HooksTest {
    private static final Hook FIRST = new Hook(List.of("first"));
    private static final Hook SECOND = new Hook(List.of("second"));

    private static final Desired OLD = releaseOf(worker("1", FIRST));
    private static final Desired NEXT = releaseOf(worker("2", SECOND));
    private static final String OLD_WORKER =
            "shop-dublin-worker-" + worker("1", FIRST).hash().substring(0, 6) + "-1";

    @Test
    void aContainerIsStoppedWithTheHooksOfItsOwnRelease() {
        assertThat(plan(Optional.of(OLD)).steps().filter(Step.Stop.class::isInstance))
                .containsExactly(new Step.Stop(
                        hostOf("dublin"),
                        List.of(OLD_WORKER),
                        Duration.ofSeconds(10),
                        Map.of(OLD_WORKER, List.of(FIRST))));
    }

    @Test
    void aContainerOfAnUnknownReleaseIsStoppedWithTheHooksOfTheOneThatComes() {
        assertThat(plan(Optional.empty()).steps().filter(Step.Stop.class::isInstance))
                .contains(new Step.Stop(
                        hostOf("dublin"),
                        List.of(OLD_WORKER),
                        Duration.ofSeconds(10),
                        Map.of(OLD_WORKER, List.of(SECOND))));
    }

    @Test
    void aStartGivesEachHookTheTimeThatItsContainerHasToBecomeHealthy() {
        assertThat(plan(Optional.of(OLD)).steps().filter(Step.Start.class::isInstance))
                .extracting(step -> ((Step.Start) step).limit())
                .containsExactly(Duration.ofMinutes(2));
    }

    private static Plan plan(Optional<Desired> committed) {
        return Planner.plan(
                new Request(
                        NEXT,
                        committed,
                        Optional.empty(),
                        Instant.EPOCH,
                        Optional.empty(),
                        Set.of(),
                        NOON,
                        Mode.FORWARD),
                PlannerTest.serving(OLD));
    }

    private static Desired releaseOf(Service worker) {
        return release(
                List.of("dublin"),
                new TrafficSettings.Edge(8080),
                service("web", "1", 1, UpdateOrder.START_FIRST),
                worker);
    }

    private static Service worker(String version, Hook preStop) {
        Service plain = service("worker", version, 1, UpdateOrder.START_FIRST);
        ContainerSpec spec = plain.container();
        ProcessSpec process = new ProcessSpec(
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(10),
                Optional.empty(),
                false,
                false,
                false,
                List.of(),
                Optional.of(new Hooks(List.of(), List.of(preStop))));
        return new Service(
                plain.name(),
                plain.hash(),
                new ContainerSpec(
                        spec.image(),
                        process,
                        spec.healthTest(),
                        spec.networking(),
                        spec.storage(),
                        spec.resources(),
                        spec.security(),
                        spec.labels(),
                        spec.restart(),
                        spec.logging()),
                plain.replicas(),
                plain.order(),
                plain.dependencies(),
                plain.settle(),
                plain.job());
    }
}
