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
import java.util.concurrent.atomic.AtomicInteger;
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
    void aProxyThatDiesAtRestComesBackWithWhatIsCommitted() throws Exception {
        try (Readership readers = Readership.of(harbour.release("v1"))) {
            kill(readers, harbour.regions().getLast());
            Serving.awaitAnswers(harbour);
            Serving.assertServes(harbour, "v1");
            readers.allServed(FEWEST_REQUESTS);
        }
    }

    @Test
    @Order(2)
    void aSecondaryProxyThatDiesAfterItsCutOverIsGivenItsReadersAgain() throws Exception {
        dieAfterCutOver(harbour.regions().getLast(), "v1", "v2", 1);
    }

    @Test
    @Order(3)
    void thePrimarysProxyThatDiesAfterItsCutOverIsGivenItsReadersAgain() throws Exception {
        dieAfterCutOver(harbour.regions().getFirst(), "v2", "v3", 1);
    }

    @Test
    @Order(4)
    void aProxyThatDiesAfterEachCutOverTakesTheRolloutBack() throws Exception {
        dieAfterCutOver(harbour.regions().getLast(), "v3", "v1", 2);
    }

    /** @param deaths one is put up with, a second one is not */
    private static void dieAfterCutOver(String region, String before, String after, int deaths) throws Exception {
        try (Readership readers = Readership.of(harbour.release(before))) {
            AtomicInteger killed = new AtomicInteger();
            RolloutResult result = harbour.deploy(harbour.release(after), event -> {
                        if (event instanceof RolloutEvent.StepEnded(var where, Step.CutOver cutOver, var took)
                                && cutOver.host().region().equals(region)
                                && killed.get() < deaths) {
                            killed.incrementAndGet();
                            kill(readers, region);
                        }
                    })
                    .orElseThrow();

            System.out.println("the proxy of " + region + " died after its cut-over to " + after + ": " + result);
            assertThat(killed).hasValue(deaths);
            assertThat(result.state()).isEqualTo(deaths == 1 ? RolloutState.COMMITTED : RolloutState.ROLLED_BACK);
            Serving.awaitAnswers(harbour);
            if (deaths == 1) {
                Serving.assertServes(harbour, after);
            } else {
                Serving.assertServesAgain(harbour, before);
            }
            readers.allServed(FEWEST_REQUESTS);
        }
    }

    private static void kill(Readership readers, String region) {
        readers.whileBreaking(
                "the proxy of " + region + " killed",
                () -> Inside.of(harbour.engine()).killProcess(harbour.proxyOf(region)));
    }
}
