package dev.portolan.deploy;

import dev.portolan.plan.Step;
import dev.portolan.rollout.RolloutEvent;
import dev.portolan.testing.Disturbance;
import dev.portolan.testing.Harbour;
import dev.portolan.testing.Inside;
import dev.portolan.testing.Readership;
import dev.portolan.testing.Serving;
import java.nio.file.Path;
import java.util.List;
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
            new Disturbance(
                            event -> event instanceof RolloutEvent.StepEnded(var where, Step.CutOver cutOver, var took)
                                    && cutOver.host().region().equals(region),
                            event -> kill(readers, region))
                    .deploy(harbour, before, after);
            readers.allServed(FEWEST_REQUESTS);
        }
    }

    private static void kill(Readership readers, String region) {
        readers.whileBreaking(
                "the proxy of " + region + " killed",
                () -> Inside.of(harbour.engine()).killProcess(harbour.proxyOf(region)));
    }
}
