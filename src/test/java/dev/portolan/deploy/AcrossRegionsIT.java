package dev.portolan.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.host.HostConnection;
import dev.portolan.model.ContainerState;
import dev.portolan.model.Desired;
import dev.portolan.model.UserError;
import dev.portolan.model.VolumeSpec;
import dev.portolan.rollout.RolloutResult;
import dev.portolan.rollout.RolloutState;
import dev.portolan.testing.Harbour;
import dev.portolan.testing.Readership;
import dev.portolan.testing.Serving;
import dev.portolan.testing.TestEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Compose keys that mean something across regions and releases, under readers, with a real engine. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AcrossRegionsIT {
    private static final long FEWEST_REQUESTS = 200;
    private static final String OUTSIDE = "across-regions-outside";

    @TempDir(cleanup = CleanupMode.NEVER)
    private static Path folder;

    private static Harbour harbour;

    @BeforeAll
    static void open() throws Exception {
        harbour = Harbour.in(folder, Duration.ofSeconds(1));
        Path file = harbour.folder().resolve("compose.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "      replicas: 2\n",
                                "      replicas: 1\n      update_config: { order: stop-first }\n")
                        .replace("    command: [worker]\n", "    command: [worker]\n    container_name: the_worker\n")
                        .replace("    mem_limit: 64m\n", "    mem_limit: 64m\n    volumes: [\"outside:/outside:ro\"]\n")
                        .replace("  db:\n    image", """
                                  side:
                                    image: ${MEMCACHED_IMAGE}
                                    command: [memcached, -p, "11311", -m, "8"]
                                    network_mode: "service:memcached"
                                    environment: { VERSION: "${RELEASE}" }

                                  db:
                                    image\
                                """)
                        .replace(
                                "    image: ${MEMCACHED_IMAGE:-",
                                "    environment: { VERSION: \"${RELEASE}\" }\n    image: ${MEMCACHED_IMAGE:-")
                        .replace(
                                "volumes:\n  db: {}\n",
                                "volumes:\n  db: {}\n  outside: { external: true, name: " + OUTSIDE + " }\n"));
    }

    @AfterAll
    static void close() {
        Harbour.closeAll();
        TestEngine engine = TestEngine.shared();
        try (HostConnection host = engine.host(folder.resolve("h"));
                ContainerEngine client = engine.open(host)) {
            client.removeVolume(OUTSIDE);
        }
    }

    @Test
    @Order(1)
    void anExternalVolumeThatIsMissingStopsTheDeployBeforeAnythingHappens() {
        Desired first = harbour.release("v1");

        assertThatThrownBy(() -> harbour.deploy(first))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(
                        "the volume " + OUTSIDE + " on " + harbour.regions().getFirst());
        assertThat(harbour.running(first, harbour.regions().getFirst(), "web")).isEmpty();
    }

    @Test
    @Order(2)
    void whenItIsThereTheAppGoesUpAndItsContainersHaveTheirNames() {
        harbour.client().ensureVolume(new VolumeSpec(OUTSIDE, "local", Map.of(), Map.of(), false), Map.of());

        assertThat(harbour.deploy(harbour.release("v1")).map(RolloutResult::state))
                .contains(RolloutState.COMMITTED);
        Serving.assertServes(harbour, "v1");
        harbour.regions().forEach(region -> assertNamed("v1", region));
    }

    @Test
    @Order(3)
    void aStopFirstServiceIsReplacedInEveryRegionWithoutAFailedRequest() throws Exception {
        try (Readership readers = Readership.of(harbour.release("v1"))) {
            assertThat(harbour.deploy(harbour.release("v2")).map(RolloutResult::state))
                    .contains(RolloutState.COMMITTED);
            readers.allServed(FEWEST_REQUESTS);
        }
        Serving.assertServes(harbour, "v2");
        harbour.regions().forEach(region -> assertNamed("v2", region));
    }

    @Test
    @Order(4)
    void theWayBackGivesTheNamesBackWithoutAFailedRequest() throws Exception {
        try (Readership readers = Readership.of(harbour.release("v2"))) {
            assertThat(new Rollback(harbour.app())
                            .rollback(Optional.empty(), Harbour.options(event -> {}))
                            .map(RolloutResult::state))
                    .contains(RolloutState.COMMITTED);
            readers.allServed(FEWEST_REQUESTS);
        }
        Serving.assertServesAgain(harbour, "v1");
        harbour.regions().forEach(region -> assertNamed("v1", region));
    }

    /** The name is that of the release's own container, which runs, and of no other. */
    private static void assertNamed(String version, String region) {
        String hash = harbour.release(version)
                .workload(region)
                .service("worker")
                .orElseThrow()
                .hash();
        ContainerState found = harbour.client()
                .container("the_worker-" + region)
                .orElseThrow(() -> new AssertionError("nothing is called the_worker-" + region));
        assertThat(found.configHash()).isEqualTo(hash);
        assertThat(found.running()).isTrue();
        assertThat(harbour.running(harbour.release(version), region, "side"))
                .extracting(ContainerState::joined)
                .containsExactly(Map.of(
                        "memcached",
                        harbour.running(harbour.release(version), region, "memcached")
                                .getFirst()
                                .id()));
    }
}
