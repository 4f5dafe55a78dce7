package dev.portolan.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.ContainerState;
import dev.portolan.model.Desired;
import dev.portolan.rollout.RolloutResult;
import dev.portolan.rollout.RolloutState;
import dev.portolan.testing.Commands;
import dev.portolan.testing.Harbour;
import dev.portolan.testing.TestImages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A route to a service with {@code network_mode: host}, in one of the regions of this machine. */
class HostNetworkIT {
    private static final int READERS_PORT = 19_432;
    private static final int PORT = 19_532;
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int LIMIT_MILLISECONDS = 20_000;

    @TempDir(cleanup = CleanupMode.NEVER)
    private static Path folder;

    private static Harbour harbour;

    @BeforeAll
    static void open() throws Exception {
        harbour = Harbour.in(folder, Duration.ofSeconds(1));
        TestImages.busybox(harbour.client());
        edit("portolan.yml", "regions:\n", """
                  - { tcp: %d, service: teller, port: %d }
                regions:
                """.formatted(READERS_PORT, PORT));
        edit("compose.yaml", "  db:\n    image", """
                  teller:
                    image: %s
                    command: [nc, -ll, -p, "%d", -e, echo, "${RELEASE}"]
                    network_mode: host
                    stop_signal: SIGKILL
                    deploy: { placement: { constraints: [node.labels.region == %s] } }

                  db:
                    image\
                """.formatted(
                        TestImages.BUSYBOX, PORT, harbour.regions().getFirst()));
    }

    private static void edit(String name, String before, String after) throws IOException {
        Path file = harbour.folder().resolve(name);
        String text = Files.readString(file);
        assertThat(text).contains(before);
        Files.writeString(file, text.replace(before, after));
    }

    @AfterAll
    static void close() {
        Harbour.closeAll();
    }

    @Test
    void theProxyFindsEachReleaseOnTheLoopbackOfTheHost() throws IOException {
        for (String version : new String[] {"v1", "v2"}) {
            Desired release = harbour.release(version);

            Optional<RolloutResult> result = harbour.deploy(release);
            assertThat(result.map(RolloutResult::state)).as("%s", result).contains(RolloutState.COMMITTED);
            awaitEdge();
            assertThat(told()).isEqualTo(version + "\n");
            assertThat(harbour.running(release, harbour.regions().getFirst(), "teller"))
                    .extracting(ContainerState::address)
                    .containsExactly(Map.of("host", "127.0.0.1"));
        }
    }

    /** Until the edge has seen that the region serves the new route, as a command waits before it ends. */
    private static void awaitEdge() throws IOException {
        long end = System.nanoTime() + Duration.ofMillis(LIMIT_MILLISECONDS).toNanos();
        while (told().isEmpty() && System.nanoTime() < end) {
            Commands.pause(PAUSE);
        }
    }

    private static String told() throws IOException {
        try (Socket reader = new Socket()) {
            reader.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), READERS_PORT), LIMIT_MILLISECONDS);
            reader.setSoTimeout(LIMIT_MILLISECONDS);
            return new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
