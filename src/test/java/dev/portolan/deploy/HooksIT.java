package dev.portolan.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.docker.ContainerEngine.Terminal;
import dev.portolan.model.ContainerState;
import dev.portolan.rollout.RolloutResult;
import dev.portolan.rollout.RolloutState;
import dev.portolan.testing.Harbour;
import dev.portolan.testing.Readership;
import dev.portolan.testing.Serving;
import dev.portolan.testing.TestImages;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A service whose hooks write down, in a volume, when they are run. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HooksIT {
    private static final long FEWEST_REQUESTS = 200;

    @TempDir(cleanup = CleanupMode.NEVER)
    private static Path folder;

    private static Harbour harbour;

    @BeforeAll
    static void open() throws Exception {
        harbour = Harbour.in(folder, Duration.ofSeconds(1));
        TestImages.busybox(harbour.client());
        Path file = harbour.folder().resolve("compose.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("  db:\n    image", """
                                  hooked:
                                    image: IMAGE
                                    command: [sleep, "10000"]
                                    stop_signal: SIGKILL
                                    environment: { VERSION: "${RELEASE}" }
                                    volumes: ["hooked:/log"]
                                    post_start:
                                      - command: [sh, -c, 'echo started $$VERSION >> /log/hooks']
                                      - command: [sh, -c, 'test $$VERSION != $$BAD || { echo no luck; exit 3; }']
                                        environment: { BAD: bad }
                                    pre_stop:
                                      - command: [sh, -c, 'echo stopping $$VERSION >> /log/hooks; exit 4']

                                  db:
                                    image\
                                """.replace("IMAGE", TestImages.BUSYBOX))
                        .replace("volumes:\n  db: {}\n", "volumes:\n  db: {}\n  hooked: {}\n"));
    }

    @AfterAll
    static void close() {
        Harbour.closeAll();
    }

    @Test
    @Order(1)
    void hooksAreRunAtEachStartAndStopOfARollout() throws Exception {
        assertThat(harbour.deploy(harbour.release("v1")).map(RolloutResult::state))
                .contains(RolloutState.COMMITTED);
        try (Readership readers = Readership.of(harbour.release("v1"))) {
            assertThat(harbour.deploy(harbour.release("v2")).map(RolloutResult::state))
                    .contains(RolloutState.COMMITTED);
            readers.allServed(FEWEST_REQUESTS);
        }

        Serving.assertServes(harbour, "v2");
        for (String region : harbour.regions()) {
            assertThat(log("v2", region)).isEqualTo("started v1\nstopping v1\nstarted v2\n");
        }
    }

    @Test
    @Order(2)
    void aHookThatFailsAfterAStartSendsTheRolloutBackWithoutAFailedRequest() throws Exception {
        try (Readership readers = Readership.of(harbour.release("v2"))) {
            assertThat(harbour.deploy(harbour.release("bad"))).hasValueSatisfying(result -> {
                assertThat(result.state()).isEqualTo(RolloutState.ROLLED_BACK);
                assertThat(result.reason().orElseThrow())
                        .contains("post_start[1] exited with 3, and wrote last: no luck");
            });
            readers.allServed(FEWEST_REQUESTS);
        }

        Serving.assertServesAgain(harbour, "v2");
        List<String> logs = harbour.regions().stream()
                .map(region -> log("v2", region))
                .distinct()
                .toList();
        String before = "started v1\nstopping v1\nstarted v2\n";
        assertThat(logs)
                .containsExactlyInAnyOrder(
                        before, before + "stopping v2\nstarted bad\nstarted v2\n"); // one wave went ahead
    }

    private static String log(String version, String region) {
        ContainerState container =
                harbour.running(harbour.release(version), region, "hooked").getFirst();
        var output = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(InputStream.nullInputStream(), output, output, false);
        assertThat(harbour.client().exec(container.name(), List.of("cat", "/log/hooks"), terminal))
                .isZero();
        return output.toString(StandardCharsets.UTF_8);
    }
}
