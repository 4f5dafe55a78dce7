package dev.portolan.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.ContainerState;
import dev.portolan.plan.Step;
import dev.portolan.rollout.RolloutEvent;
import dev.portolan.rollout.RolloutResult;
import dev.portolan.rollout.RolloutState;
import dev.portolan.testing.Disturbance;
import dev.portolan.testing.Harbour;
import dev.portolan.testing.Readership;
import dev.portolan.testing.Serving;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Containers die and stay dead, under readers. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ContainerDeathIT {
    private static final long FEWEST_REQUESTS = 200;

    @TempDir(cleanup = CleanupMode.NEVER)
    private static Path folder;

    private static Harbour harbour;

    @BeforeAll
    static void open() throws Exception {
        harbour = Harbour.serving("v1", folder);
    }

    @AfterAll
    static void close() {
        Harbour.closeAll();
    }

    @Test
    @Order(1)
    void whatIsMissingIsPutBackByTheNextDeploy() throws Exception {
        try (Readership readers = Readership.of(harbour.release("v1"))) {
            String region = harbour.regions().getLast();
            kill(readers, harbour.running(harbour.release("v1"), region, "web").getFirst());
            assertThat(harbour.running(harbour.release("v1"), region, "web")).hasSize(1);

            assertThat(harbour.deploy(harbour.release("v1")).map(RolloutResult::state))
                    .contains(RolloutState.COMMITTED);
            Serving.assertServes(harbour, "v1");
            readers.allServed(FEWEST_REQUESTS);
        }
    }

    @Test
    @Order(2)
    void aNewContainerThatDiesInTheMiddleOfItsDeployLeavesOneReleaseInTheEnd() throws Exception {
        try (Readership readers = Readership.of(harbour.release("v1"))) {
            String region = harbour.regions().getLast();
            new Disturbance(
                            event -> cutOver(event)
                                    .filter(step -> step.host().region().equals(region))
                                    .isPresent(),
                            event -> kill(
                                    readers,
                                    cutOver(event)
                                            .orElseThrow()
                                            .replicas()
                                            .getFirst()
                                            .container()))
                    .deploy(harbour, "v1", "v2");
            readers.allServed(FEWEST_REQUESTS);
        }
    }

    @Test
    @Order(3)
    void anOldContainerThatDiesInTheMiddleOfADeployDoesNotStopIt() throws Exception {
        String before = harbour.committedOf(List.of("v1", "v2"));
        try (Readership readers = Readership.of(harbour.release(before))) {
            List<ContainerState> old =
                    harbour.running(harbour.release(before), harbour.regions().getFirst(), "web");
            RolloutResult result = new Disturbance(
                            RolloutEvent.WatchBegan.class::isInstance, event -> kill(readers, old.getFirst()))
                    .deploy(harbour, before, "v3");

            assertThat(result.state()).as(result.reason().orElse("")).isEqualTo(RolloutState.COMMITTED);
            readers.allServed(FEWEST_REQUESTS);
        }
    }

    private static Optional<Step.CutOver> cutOver(RolloutEvent event) {
        return event instanceof RolloutEvent.StepEnded(var where, Step.CutOver cutOver, var took)
                ? Optional.of(cutOver)
                : Optional.empty();
    }

    private static void kill(Readership readers, ContainerState container) {
        kill(readers, container.name());
    }

    private static void kill(Readership readers, String container) {
        readers.whileBreaking(container + " killed", () -> harbour.client().signal(container, "KILL"));
    }
}
