package dev.portolan.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.rollout.RolloutEvent;
import dev.portolan.rollout.RolloutResult;
import dev.portolan.rollout.RolloutState;
import dev.portolan.testing.Harbour;
import dev.portolan.testing.Readership;
import dev.portolan.testing.Serving;
import dev.portolan.testing.TestEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The engine is restarted under readers. Its containers live through that, since it has live-restore. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EngineRestartIT {
    private static final long FEWEST_REQUESTS = 200;

    @TempDir(cleanup = CleanupMode.NEVER)
    private static Path folder;

    private static Harbour harbour;

    @BeforeAll
    static void open() throws Exception {
        TestEngine.shared().assumeRestartable();
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
    void readersDoNotNoticeARestartOfTheEngine() throws Exception {
        try (Readership readers = Readership.of(harbour.release("v1"))) {
            harbour.engine().restart();
            readers.allServed(FEWEST_REQUESTS);
        }
        Serving.assertServes(harbour, "v1");
    }

    @Test
    @Order(2)
    void aDeployInWhichTheEngineIsRestartedEndsInOneRelease() throws Exception {
        try (Readership readers = Readership.of(harbour.release("v1"))) {
            AtomicBoolean restarted = new AtomicBoolean();
            RolloutResult result = harbour.deploy(harbour.release("v2"), event -> {
                        if (event instanceof RolloutEvent.WatchBegan && restarted.compareAndSet(false, true)) {
                            harbour.engine().restart();
                        }
                    })
                    .orElseThrow();

            System.out.println("the engine was restarted in the middle: " + result);
            assertThat(restarted).isTrue();
            assertThat(result.state()).isIn(RolloutState.COMMITTED, RolloutState.ROLLED_BACK);
            Serving.assertServes(harbour, result.state() == RolloutState.COMMITTED ? "v2" : "v1");
            readers.allServed(FEWEST_REQUESTS);
        }
    }
}
