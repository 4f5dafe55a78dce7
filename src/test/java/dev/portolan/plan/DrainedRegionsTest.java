package dev.portolan.plan;

import static dev.portolan.testing.Examples.NOON;
import static dev.portolan.testing.Examples.release;
import static dev.portolan.testing.Examples.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.Desired;
import dev.portolan.model.Observed;
import dev.portolan.model.Pools;
import dev.portolan.model.Service;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.TrafficState;
import dev.portolan.model.TrafficState.PoolState;
import dev.portolan.model.UpdateOrder;
import dev.portolan.plan.Request.Mode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What plans do with regions that are drained, or must be. The primary is dublin. */
class DrainedRegionsTest {
    private static final TrafficSettings EDGE = new TrafficSettings.Edge(8080);
    private static final List<String> THREE = List.of("dublin", "sfo", "sydney");
    private static final Service WEB_1 = service("web", "1", 1, UpdateOrder.STOP_FIRST);
    private static final Service WEB_2 = service("web", "2", 1, UpdateOrder.STOP_FIRST);
    private static final Desired OLD = release(THREE, EDGE, WEB_1);
    private static final Desired NEW = release(THREE, EDGE, WEB_2);

    @Test
    void aRegionThatAnInterruptedRolloutLeftDrainedGetsItsReadersAgain() {
        assertThat(StepText.of(plan(OLD, Set.of(), Mode.FORWARD, Set.of("sydney"))))
                .contains("  sydney: send sydney its readers again");
    }

    @Test
    void aRegionThatAPersonHasDrainedStaysSo() {
        assertThat(plan(OLD, Set.of("sydney"), Mode.FORWARD, Set.of("sydney")).steps())
                .isEmpty();
        assertThat(StepText.of(plan(NEW, Set.of("sydney"), Mode.FORWARD, Set.of("sydney"))))
                .contains("  sfo: send sfo its readers again")
                .noneMatch(line -> line.contains("sydney its readers"))
                .noneMatch(line -> line.contains("readers of sydney"));
    }

    @Test
    void aPersonsDrainThatTheEdgeHasForgottenIsDoneAgain() {
        assertThat(StepText.of(plan(OLD, Set.of("sydney"), Mode.FORWARD, Set.of())))
                .contains("  sydney: send the readers of sydney to the next nearest region (up to 30s)")
                .noneMatch(line -> line.contains("its readers again"));
    }

    @Test
    void goingBackNeverDrainsEveryRegionThatServesAtOnce() {
        assertThat(regions(plan(NEW, Set.of(), Mode.BACK, Set.of())))
                .containsExactly(List.of("sfo", "sydney"), List.of("dublin"));
        // the primary is out of service already: it comes back first, with all but one of the others
        assertThat(regions(plan(NEW, Set.of(), Mode.BACK, Set.of("dublin"))))
                .containsExactly(List.of("dublin", "sfo"), List.of("sydney"));
    }

    @Test
    void theSecondariesDoNotDrainTogetherWhenThePrimaryHasNoReaders() {
        assertThat(regions(plan(NEW, Set.of("dublin"), Mode.FORWARD, Set.of("dublin"))))
                .containsExactly(List.of("sfo"), List.of("sydney"), List.of("dublin"));
    }

    @Test
    void readersOfTheOnlyRegionThatIsNotDrainedByHandCannotGoElsewhere() {
        assertThat(plan(NEW, Set.of("dublin", "sfo"), Mode.FORWARD, Set.of("dublin", "sfo"))
                        .warnings())
                .singleElement()
                .asString()
                .contains("sydney")
                .contains("requests will fail");
    }

    private static Plan plan(Desired desired, Set<String> byHand, Mode mode, Set<String> drained) {
        Map<String, PoolState> pools = new HashMap<>();
        THREE.forEach(region -> pools.put(region, drained.contains(region) ? PoolState.DRAINED : PoolState.UP));
        Observed observed = new Observed(
                PlannerTest.serving(OLD).hosts(),
                new TrafficState(true, Pools.of(OLD).hash(), pools));
        Request request = new Request(
                desired, Optional.of(OLD), Optional.empty(), Instant.EPOCH, Optional.empty(), byHand, NOON, mode);
        return Planner.plan(request, observed);
    }

    private static List<List<String>> regions(Plan plan) {
        return plan.waves().stream()
                .map(wave ->
                        wave.regions().stream().map(Plan.RegionPlan::region).toList())
                .toList();
    }
}
