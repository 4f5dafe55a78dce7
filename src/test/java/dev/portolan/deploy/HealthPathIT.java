package dev.portolan.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.Desired;
import dev.portolan.rollout.RolloutResult;
import dev.portolan.rollout.RolloutState;
import dev.portolan.testing.Harbour;
import dev.portolan.testing.Readership;
import dev.portolan.testing.Serving;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The path of the health check changes, under readers, to one that the containers that serve do not know. */
class HealthPathIT {
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
    void aPathThatNobodyAnswersIsRefusedAndNoRequestFails() throws Exception {
        Desired wrong = checkedAt("/nowhere");
        try (Readership readers = Readership.of(harbour.release("v1"))) {
            RolloutResult result = harbour.deploy(wrong).orElseThrow();

            assertThat(result.state()).as(result.toString()).isEqualTo(RolloutState.ROLLED_BACK);
            assertThat(result.reason().orElse("")).contains("not healthy for the proxy");
            Serving.assertServes(harbour, "v1");
            readers.allServed(FEWEST_REQUESTS);
        }
    }

    /** The same containers with another path; the configuration is as before afterwards. */
    private static Desired checkedAt(String path) throws Exception {
        Path file = harbour.folder().resolve("portolan.yml");
        String before = Files.readString(file);
        Files.writeString(
                file,
                before.replace("health: /heartbeat", "health: " + path).replace("rollout:", "rollout:\n  healthy: 8s"));
        try {
            return harbour.release("v1");
        } finally {
            Files.writeString(file, before);
        }
    }
}
