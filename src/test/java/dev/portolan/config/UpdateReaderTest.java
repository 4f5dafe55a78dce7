package dev.portolan.config;

import static dev.portolan.model.UpdateOrder.START_FIRST;
import static dev.portolan.model.UpdateOrder.STOP_FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.UpdateOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UpdateReaderTest {
    @TempDir
    Path path = Path.of("");

    private AppFolder app(String keys) {
        return new AppFolder(path)
                .with("portolan.yml", AppFolder.ONE_REGION + "routes: [{ service: web, port: 80 }]\n")
                .with("compose.yaml", """
                        services:
                          web: { image: web, ports: ["8080:80"] }
                          it: { image: it, %s }
                          db: { image: db, volumes: ["data:/data"] }
                          reader: { image: reader, volumes: ["data:/data:ro", /cache] }
                          backup: { image: backup, volumes_from: [db] }
                        volumes: { data: {} }
                        """.formatted(keys));
    }

    static Stream<Arguments> orders() {
        return Stream.of(
                Arguments.of("command: [a]", START_FIRST),
                Arguments.of("volumes: ['data:/data']", STOP_FIRST),
                Arguments.of("volumes: ['data:/data:ro']", START_FIRST),
                Arguments.of("volumes: ['/data']", START_FIRST),
                Arguments.of("volumes: ['./data:/data']", STOP_FIRST),
                Arguments.of("volumes: ['./data:/data:ro']", START_FIRST),
                Arguments.of("volumes: ['./compose.yaml:/it.yaml']", START_FIRST),
                Arguments.of("volumes: ['/srv/data:/data']", START_FIRST),
                Arguments.of("volumes_from: [db]", STOP_FIRST),
                Arguments.of("volumes_from: [backup]", STOP_FIRST),
                Arguments.of("volumes_from: [reader]", START_FIRST),
                Arguments.of("volumes_from: ['container:somebody']", START_FIRST),
                Arguments.of("ports: ['3306:3306']", STOP_FIRST),
                Arguments.of("ports: ['3306']", START_FIRST),
                Arguments.of("network_mode: host", STOP_FIRST),
                Arguments.of("container_name: fixed", START_FIRST),
                Arguments.of("deploy: { update_config: { order: stop-first } }", STOP_FIRST),
                Arguments.of(
                        "volumes: ['data:/data'], deploy: { update_config: { order: start-first } }", START_FIRST));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void theOrderIsTheAppsOwnWordOrElseTheSafeOne(String keys, UpdateOrder order) {
        assertThat(app(keys).service("dublin", "it").order()).isEqualTo(order);
    }

    @Test
    void aServiceWithARouteDoesNotPublishItsPortAndIsStartedFirst() {
        AppFolder app = app("command: [a]");

        assertThat(app.service("dublin", "web").order()).isEqualTo(START_FIRST);
        assertThat(app.service("dublin", "web").container().networking().ports())
                .isEmpty();
    }

    @Test
    void monitorIsHowLongAContainerWithoutACheckMustRun() {
        assertThat(app("deploy: { update_config: { monitor: 7s } }")
                        .service("dublin", "it")
                        .settle())
                .isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void wordsThatAskForWhatPortolanDoesAreAccepted() {
        assertThat(
                        app("deploy: { replicas: 2, update_config: { parallelism: 2, failure_action: rollback, delay: 5s } }")
                                .problems())
                .isEmpty();
    }

    @Test
    void wordsThatAskForAnythingElseAreProblems() {
        assertThat(app("deploy: { replicas: 3, update_config: { parallelism: 1, failure_action: pause,"
                                + " max_failure_ratio: 0.1, order: start-first } }, network_mode: host")
                        .problems())
                .containsExactly(
                        "compose.yaml:3:28: services/it/deploy/update_config/parallelism: replacing 1 of 3 containers"
                                + " at a time is not supported by this version yet; remove it; all new containers of a host are"
                                + " healthy before the first old one leaves",
                        "compose.yaml:3:28: services/it/deploy/update_config/failure_action: \"pause\" is not what"
                                + " Portolan does: after a failure every region goes back; write \"failure_action: rollback\", or"
                                + " remove it",
                        "compose.yaml:3:28: services/it/deploy/update_config/max_failure_ratio: a release with"
                                + " containers that failed is not accepted; remove it",
                        "compose.yaml:3:28: services/it/deploy/update_config/order: start-first cannot be: the service"
                                + " uses the ports of the host, which the old container still has; write \"order: stop-first\"");
    }
}
