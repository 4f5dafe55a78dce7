package dev.portolan.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.demo.Audience;
import dev.portolan.demo.CutOverClock;
import dev.portolan.load.Load;
import dev.portolan.load.LoadReport;
import dev.portolan.load.LoadTable;
import dev.portolan.model.Desired;
import dev.portolan.rollout.RolloutResult;
import dev.portolan.rollout.RolloutState;
import dev.portolan.testing.Harbour;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Deploys of all kinds under load, with a real engine and real proxies: not one request may fail. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeployIT {
    private static final long FEWEST_REQUESTS = 300;

    @TempDir(cleanup = CleanupMode.NEVER)
    private static Path folder;

    private static Harbour harbour;
    private static Desired first;

    @BeforeAll
    static void open() throws Exception {
        harbour = Harbour.in(folder);
        first = harbour.release("v1", "");
        assertThat(harbour.deploy(first))
                .hasValueSatisfying(result -> assertThat(result.state()).isEqualTo(RolloutState.COMMITTED));
    }

    @AfterAll
    static void close() {
        harbour.close();
    }

    @Test
    @Order(1)
    void aSecondDeployOfTheSameReleaseHasNothingToDo() {
        assertThat(harbour.deploy(first)).isEmpty();
    }

    @Test
    @Order(2)
    void aNewReleaseRollsOutWithoutAFailedRequest() throws Exception {
        Optional<RolloutResult> result = underLoad(() -> harbour.deploy(harbour.release("v2", "")));

        assertThat(result).map(RolloutResult::state).contains(RolloutState.COMMITTED);
    }

    @Test
    @Order(3)
    void aReleaseThatIsNotHealthyGoesBackWithoutAFailedRequest() throws Exception {
        Optional<RolloutResult> result = underLoad(() -> harbour.deploy(harbour.release("v3", "heartbeat")));

        assertThat(result).map(RolloutResult::state).contains(RolloutState.ROLLED_BACK);
        assertThat(result.orElseThrow().reason().orElse("")).contains("unhealthy");
    }

    @Test
    @Order(4)
    void aReleaseThatFailsUnderRealRequestsGoesBackWithoutAFailedRequest() throws Exception {
        Optional<RolloutResult> result = underLoad(() -> harbour.deploy(harbour.release("v4", "requests")));

        assertThat(result).map(RolloutResult::state).contains(RolloutState.ROLLED_BACK);
        assertThat(result.orElseThrow().reason().orElse("")).contains("web fails under real requests");
    }

    @Test
    @Order(5)
    void aRollbackPutsAllReadersOnTheReleaseBeforeWithoutAFailedRequest() throws Exception {
        CutOverClock clock = new CutOverClock(Instant.now(), Instant::now);

        Optional<RolloutResult> result =
                underLoad(() -> new Rollback(harbour.app()).rollback(Optional.empty(), Harbour.options(clock)));

        assertThat(result).map(RolloutResult::state).contains(RolloutState.COMMITTED);
        assertThat(clock.lastCutOver()).isPositive();
    }

    /** Runs readers before, during and after, and fails when one request failed. */
    private static <T> T underLoad(java.util.concurrent.Callable<T> action) throws Exception {
        Audience audience = new Audience(first);
        try (Load load = Load.start(audience.readers())) {
            Thread.sleep(2000);
            T result = action.call();
            Thread.sleep(2000);
            LoadReport report = load.stop();
            assertThat(report.failed()).as(LoadTable.of(report, ZoneOffset.UTC)).isZero();
            assertThat(report.requests()).isGreaterThan(FEWEST_REQUESTS);
            assertThat(audience.effects(load.posts())).isEmpty();
            return result;
        }
    }
}
