package dev.portolan.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.journal.History;
import dev.portolan.model.ReleaseId;
import dev.portolan.rollout.RolloutResult;
import dev.portolan.rollout.RolloutState;
import dev.portolan.testing.Harbour;
import dev.portolan.testing.PortolanProcess;
import dev.portolan.testing.Readership;
import dev.portolan.testing.Serving;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command line dies in the middle of a deploy: readers notice nothing, and one command puts it right.
 * {@code -Dkill.moments=50} tries more moments, {@code -Dkill.seed=N} the same ones again.
 */
class KillIT {
    private static final List<String> VERSIONS = List.of("v1", "v2", "v3");
    private static final int MOMENTS = Integer.getInteger("kill.moments", 10);
    private static final long SEED = Long.getLong("kill.seed", System.nanoTime() % 1_000_000);
    private static final long FEWEST_REQUESTS_A_MOMENT = 200;

    @TempDir(cleanup = CleanupMode.NEVER)
    private static Path folder;

    private static Harbour harbour;
    private static Duration wholeDeploy;

    @BeforeAll
    static void open() throws Exception {
        harbour = Harbour.in(folder, Duration.ofSeconds(1));
        assertThat(harbour.deploy(harbour.release("v1")).map(RolloutResult::state))
                .contains(RolloutState.COMMITTED);
        long began = System.nanoTime();
        PortolanProcess.Ended second = PortolanProcess.run(harbour, "v2", "deploy");
        assertThat(second.exitCode()).as(second.toString()).isZero();
        wholeDeploy = Duration.ofNanos(System.nanoTime() - began);
    }

    @AfterAll
    static void close() {
        Harbour.closeAll();
    }

    @Test
    void aDeployKilledAtAnyMomentIsPutRightByOneCommandAndNoRequestFails() throws Exception {
        System.out.println("kill.seed=" + SEED + ", a whole deploy takes " + wholeDeploy.toMillis() + " ms");
        Random random = new Random(SEED);
        try (Readership readers = Readership.of(harbour.release("v1"))) {
            for (int moment = 0; moment < MOMENTS; moment++) {
                // one in each part of a deploy
                double share = (moment + random.nextDouble()) / MOMENTS;
                killAndPutRight(Duration.ofNanos((long) (share * wholeDeploy.toNanos())), random.nextBoolean());
            }
            readers.allServed(FEWEST_REQUESTS_A_MOMENT * MOMENTS);
        }
    }

    @Test
    void ctrlCInTheMiddleOfADeployGoesBackAndNoRequestFails() throws Exception {
        String before = harbour.committedOf(VERSIONS);
        try (Readership readers = Readership.of(harbour.release("v1"))) {
            PortolanProcess deploy = PortolanProcess.start(harbour, newVersion(), "deploy");
            deploy.awaitText("\"event\":\"watch", Duration.ofMinutes(1));
            deploy.interrupt();
            PortolanProcess.Ended ended = deploy.await();

            assertThat(ended.result()).as(deploy.text()).isEqualTo("rolled back");
            assertThat(ended.exitCode()).isEqualTo(1);
            Serving.assertServesAgain(harbour, before);
            readers.allServed(FEWEST_REQUESTS_A_MOMENT);
        }
    }

    private static void killAndPutRight(Duration moment, boolean goOn) throws Exception {
        String version = newVersion();
        PortolanProcess deploy = PortolanProcess.start(harbour, version, "deploy");
        Thread.sleep(moment);
        deploy.kill();
        History found = history();
        String expected = goOn ? version : versionOf(found.open().isPresent() ? found.committed() : found.previous());
        String story = "deploy of " + version + " killed after " + moment.toMillis() + " ms "
                + found.open().map(KillIT::where).orElse("with nothing open") + ", then "
                + (goOn ? "deploy" : "rollback") + " to " + expected;

        PortolanProcess next = PortolanProcess.start(harbour, version, goOn ? "deploy" : "rollback");
        PortolanProcess.Ended ended = next.await();

        System.out.println(story + ": " + ended.result());
        assertThat(ended.exitCode()).as(story + "\n" + next.text()).isZero();
        assertThat(ended.said("open-rollout"))
                .as(story + "\n" + next.text())
                .isEqualTo(found.open().isPresent());
        if (goOn) {
            Serving.assertServes(harbour, expected);
        } else {
            Serving.assertServesAgain(harbour, expected);
        }
    }

    private static String where(History.Rollout open) {
        return open.entries().getLast().toString();
    }

    /** Of which no container is kept. */
    private static String newVersion() {
        History history = history();
        return VERSIONS.stream()
                .filter(version -> !Optional.of(harbour.release(version).release())
                                .equals(history.committed())
                        && !Optional.of(harbour.release(version).release()).equals(history.previous()))
                .findFirst()
                .orElseThrow();
    }

    private static String versionOf(Optional<ReleaseId> release) {
        return VERSIONS.stream()
                .filter(version ->
                        Optional.of(harbour.release(version).release()).equals(release))
                .findFirst()
                .orElseThrow();
    }

    private static History history() {
        return harbour.app().history(notice -> {});
    }
}
