package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.Dependency;
import dev.portolan.model.Service;
import dev.portolan.model.UpdateOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code depends_on.restart: true}. */
class ReplacedTogetherTest {
    @TempDir
    Path path = Path.of("");

    private AppFolder app(String version, String restart) {
        return new AppFolder(path)
                .with("portolan.yml", AppFolder.ONE_REGION + "routes: []\n")
                .with("compose.yaml", """
                        services:
                          db: { image: "db:%s" }
                          cache: { image: cache, depends_on: { db: { condition: service_started, restart: %s } } }
                          worker: { image: worker, depends_on: { cache: { condition: service_started, restart: true } } }
                          other: { image: other, depends_on: [db] }
                        """.formatted(version, restart));
    }

    private String hash(String version, String restart, String service) {
        AppFolder app = app(version, restart);
        assertThat(app.problems()).isEmpty();
        return app.service("dublin", service).hash();
    }

    @Test
    void aServiceThatRestartsWithAnotherIsReplacedWithItAlsoOverSeveralSteps() {
        assertThat(hash("1", "true", "cache"))
                .isNotEqualTo(hash("2", "true", "cache"))
                .hasSize(12);
        assertThat(hash("1", "true", "worker")).isNotEqualTo(hash("2", "true", "worker"));
    }

    @Test
    void theOthersAreNotTouched() {
        assertThat(hash("1", "false", "cache")).isEqualTo(hash("2", "false", "cache"));
        assertThat(hash("1", "false", "worker")).isEqualTo(hash("2", "false", "worker"));
        assertThat(hash("1", "true", "other")).isEqualTo(hash("2", "true", "other"));
    }

    @Test
    void whatSharesANamespaceIsReplacedWithWhoseItIs() {
        AppFolder app = new AppFolder(path)
                .with("portolan.yml", AppFolder.ONE_REGION + "routes: []\n")
                .with("compose.yaml", """
                        services:
                          vpn: { image: "vpn:1" }
                          inside: { image: inside, network_mode: "service:vpn", pid: "service:vpn" }
                        """);
        Service before = app.service("dublin", "inside");

        assertThat(app.problems()).isEmpty();
        assertThat(before.container().joins()).containsExactly("vpn");
        assertThat(app.service("dublin", "vpn").order()).isEqualTo(UpdateOrder.STOP_FIRST);
        assertThat(before.dependencies()).containsExactly(new Dependency("vpn", Dependency.Condition.STARTED));
        Service after = app.with("compose.yaml", """
                        services:
                          vpn: { image: "vpn:2" }
                          inside: { image: inside, network_mode: "service:vpn", pid: "service:vpn" }
                        """).service("dublin", "inside");
        assertThat(after.hash()).isNotEqualTo(before.hash());
        assertThat(after.container()).isEqualTo(before.container());
        assertThat(after.container()
                        .besides(name -> "id-of-" + name)
                        .networking()
                        .mode())
                .contains("container:id-of-vpn");
    }

    @Test
    void whatMountsTheVolumesOfAnotherIsReplacedAfterItAndNeitherStopsFirst() {
        Service before = volumesFrom("1").service("dublin", "web");

        assertThat(before.container().storage().volumesFrom()).containsExactly("service:code", "container:cellar");
        assertThat(before.container().joins()).isEmpty();
        assertThat(before.container().mountsVolumesOf()).containsExactly("code");
        assertThat(before.dependencies()).containsExactly(new Dependency("code", Dependency.Condition.STARTED));
        assertThat(before.order()).isEqualTo(UpdateOrder.START_FIRST);
        assertThat(volumesFrom("1").service("dublin", "code").order()).isEqualTo(UpdateOrder.START_FIRST);
        assertThat(volumesFrom("2").service("dublin", "web").hash()).isNotEqualTo(before.hash());
        assertThat(before.container().besides(name -> "id-of-" + name).storage().volumesFrom())
                .containsExactly("container:id-of-code", "container:cellar");
    }

    private AppFolder volumesFrom(String version) {
        return new AppFolder(path)
                .with("portolan.yml", AppFolder.ONE_REGION + "routes: []\n")
                .with("compose.yaml", """
                        services:
                          code: { image: "code:%s" }
                          web: { image: web, volumes_from: ["code:ro", "container:cellar"] }
                        """.formatted(version));
    }

    @Test
    void theModeOfVolumesFromHasNoEffectAsInDockerCompose() {
        assertThat(volumesFrom("1").problems())
                .containsExactly(
                        "compose.yaml:3:22: services/web/volumes_from: the mode of \"code:ro\" has no effect, as"
                                + " in Docker Compose; mount the volumes themselves with \"volumes\" where they are to be"
                                + " read-only");
    }

    @Test
    void aLinkGivesAServiceOneMoreName() {
        AppFolder app = new AppFolder(path)
                .with("portolan.yml", AppFolder.ONE_REGION + "routes: []\n")
                .with("compose.yaml", """
                        services:
                          db: { image: db }
                          web: { image: web, links: ["db:database", db] }
                        """);

        assertThat(app.problems()).isEmpty();
        assertThat(app.service("dublin", "db")
                        .container()
                        .networking()
                        .attachments()
                        .getFirst()
                        .aliases())
                .containsExactly("db", "database");
        assertThat(app.service("dublin", "web").dependencies())
                .containsExactly(new Dependency("db", Dependency.Condition.STARTED));
    }
}
