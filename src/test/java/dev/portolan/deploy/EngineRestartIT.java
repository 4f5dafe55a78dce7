package dev.portolan.deploy;

import dev.portolan.plan.Step;
import dev.portolan.rollout.RolloutEvent;
import dev.portolan.testing.Disturbance;
import dev.portolan.testing.Harbour;
import dev.portolan.testing.Readership;
import dev.portolan.testing.Serving;
import dev.portolan.testing.TestEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The engine of all regions restarts under readers: containers and proxies run on, and names do not need it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EngineRestartIT {
    private static final long FEWEST_REQUESTS = 200;

    @TempDir(cleanup = CleanupMode.NEVER)
    private static Path folder;

    private static Harbour harbour;

    @BeforeAll
    static void open() throws Exception {
        TestEngine.shared().assumeRestartable();
        harbour = Harbour.serving("v1", folder);
    }

    @AfterAll
    static void close() {
        Harbour.closeAll();
    }

    @Test
    @Order(1)
    void atRestNobodyNotices() throws Exception {
        try (Readership readers = Readership.of(harbour.release("v1"))) {
            harbour.engine().restart();
            Serving.awaitNothingToDo(harbour, "v1");
            Serving.assertServes(harbour, "v1");
            readers.allServed(FEWEST_REQUESTS);
        }
    }

    @Test
    @Order(2)
    void whileANewReleaseBecomesHealthyOneReleaseServesInTheEnd() throws Exception {
        restartDuring("v2", EngineRestartIT::becomesHealthy, harbour.engine()::restart);
    }

    @Test
    @Order(3)
    void whileANewReleaseIsWatchedOneReleaseServesInTheEnd() throws Exception {
        restartDuring("v3", RolloutEvent.WatchBegan.class::isInstance, harbour.engine()::restart);
    }

    @Test
    @Order(4)
    void anEngineThatIsKilledIsNoWorse() throws Exception {
        restartDuring("v4", EngineRestartIT::becomesHealthy, () -> {
            harbour.engine().kill();
            harbour.engine().start();
        });
    }

    private static boolean becomesHealthy(RolloutEvent event) {
        return event instanceof RolloutEvent.StepBegan(var where, Step.AwaitHealthy await);
    }

    /** The rollout goes on while the engine is away. */
    private static void restartDuring(String version, Predicate<RolloutEvent> moment, Runnable restart)
            throws Exception {
        String before = harbour.committedOf(List.of("v1", "v2", "v3"));
        try (Readership readers = Readership.of(harbour.release(before));
                ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> restarted = new CopyOnWriteArrayList<>();
            new Disturbance(moment, event -> restarted.add(beside.submit(restart))).deploy(harbour, before, version);

            restarted.getFirst().get();
            readers.allServed(FEWEST_REQUESTS);
        }
    }
}
