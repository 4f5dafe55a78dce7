package dev.portolan.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.plan.Step;
import dev.portolan.rollout.RolloutEvent;
import dev.portolan.rollout.RolloutResult;
import dev.portolan.rollout.RolloutState;
import dev.portolan.testing.Harbour;
import dev.portolan.testing.Inside;
import dev.portolan.testing.Readership;
import dev.portolan.testing.Serving;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The proxy of a region dies under its readers: the next region answers them until the engine has brought it back. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProxyDeathIT {
    private static final long FEWEST_REQUESTS = 200;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir(cleanup = CleanupMode.NEVER)
    private static Path folder;

    private static Harbour harbour;

    @BeforeAll
    static void open() throws Exception {
        harbour = Harbour.in(folder, Duration.ofSeconds(2));
        assertThat(harbour.deploy(harbour.release("v1")).map(RolloutResult::state))
                .contains(RolloutState.COMMITTED);
    }

    @AfterAll
    static void close() {
        Harbour.closeAll();
    }

    @Test
    @Order(1)
    void aProxyThatDiesAtRestComesBackWithWhatIsCommitted() throws Exception {
        try (Readership readers = Readership.of(harbour.release("v1"))) {
            kill(readers, harbour.regions().getLast());
            Serving.awaitAnswers(harbour, LIMIT);
            Serving.assertServes(harbour, "v1");
            readers.allServed(FEWEST_REQUESTS);
        }
    }

    @Test
    @Order(2)
    void aSecondaryProxyThatDiesAfterItsCutOverLeavesOneReleaseInTheEnd() throws Exception {
        dieAfterCutOver(harbour.regions().getLast(), "v1", "v2");
    }

    @Test
    @Order(3)
    void thePrimarysProxyThatDiesAfterItsCutOverLeavesOneReleaseInTheEnd() throws Exception {
        String serving = harbour.committedOf(List.of("v1", "v2"));
        dieAfterCutOver(harbour.regions().getFirst(), serving, "v3");
    }

    private static void dieAfterCutOver(String region, String before, String after) throws Exception {
        try (Readership readers = Readership.of(harbour.release(before))) {
            AtomicBoolean killed = new AtomicBoolean();
            RolloutResult result = harbour.deploy(harbour.release(after), event -> {
                        if (event instanceof RolloutEvent.StepEnded(var where, Step.CutOver cutOver, var took)
                                && cutOver.host().region().equals(region)
                                && killed.compareAndSet(false, true)) {
                            kill(readers, region);
                        }
                    })
                    .orElseThrow();

            System.out.println("the proxy of " + region + " died after its cut-over to " + after + ": " + result);
            assertThat(killed).isTrue();
            assertThat(result.state()).isIn(RolloutState.COMMITTED, RolloutState.ROLLED_BACK);
            Serving.awaitAnswers(harbour, LIMIT);
            Serving.assertServes(harbour, result.state() == RolloutState.COMMITTED ? after : before);
            readers.allServed(FEWEST_REQUESTS);
        }
    }

    private static void kill(Readership readers, String region) {
        readers.whileBreaking(
                "the proxy of " + region + " killed",
                () -> Inside.of(harbour.engine()).killProcess(harbour.proxyOf(region)));
    }
}
