package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.ContainerSpec.Neighbour;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeighboursTest {
    private static final String STOP_FIRST = "deploy: { update_config: { order: stop-first } }";

    @TempDir
    Path path = Path.of("");

    /** A service and a database, with further keys of each and further services. */
    private AppFolder app(String web, String db, String further) {
        return new AppFolder(path)
                .with("portolan.yml", AppFolder.ONE_REGION + "routes: [{ service: front, port: 80 }]\n")
                .with("compose.yaml", """
                        services:
                          front: { image: front, expose: ["80"] }
                          web: { image: web, depends_on: [db], %s }
                          db: { image: db, %s }
                          %s
                        volumes: { data: {} }
                        networks: { default: {}, back: {}, shared: { external: true } }
                        """.formatted(web, db, further));
    }

    private List<Neighbour> known(AppFolder app) {
        return app.service("dublin", "web").container().networking().neighbours();
    }

    @Test
    void whoDependsOnAServiceThatKeepsItsAddressKnowsItByAllItsNames() {
        AppFolder app = app("", "container_name: the-db, networks: { default: { aliases: [sql] } }, " + STOP_FIRST, "");

        assertThat(known(app))
                .containsExactly(new Neighbour("db", "shop-dublin_default", List.of("db", "sql", "the-db")));
        assertThat(app.service("dublin", "front").container().networking().neighbours())
                .isEmpty();
        assertThat(app.service("dublin", "db").container().networking().neighbours())
                .isEmpty();
    }

    @Test
    void aServiceWithAVolumeKeepsItsAddressByItself() {
        assertThat(known(app("", "volumes: ['data:/data']", "")))
                .containsExactly(new Neighbour("db", "shop-dublin_default", List.of("db")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            start-first         | command: [a]
            several containers  | deploy: { replicas: 2, update_config: { order: stop-first } }
            the host's network  | network_mode: host
            another network     | networks: [back], deploy: { update_config: { order: stop-first } }
            a network of others | networks: [shared], deploy: { update_config: { order: stop-first } }
            """)
    void aServiceWhoseAddressMayChangeOrIsElsewhereIsNotKnown(String why, String db) {
        assertThat(known(app("", db, ""))).as(why).isEmpty();
    }

    @Test
    void aServiceWithARouteIsNotKnown() {
        AppFolder app = app("", STOP_FIRST, "")
                .with("portolan.yml", AppFolder.ONE_REGION + "routes: [{ service: db, port: 80 }]\n");

        assertThat(known(app)).isEmpty();
    }

    @Test
    void aJobIsNotKnown() {
        assertThat(known(app(
                        "",
                        STOP_FIRST,
                        "late: { image: late, depends_on: { db: { condition: service_completed_successfully } } }")))
                .isEmpty();
    }

    @Test
    void anAddressThatAPersonGivesWins() {
        assertThat(known(app("extra_hosts: ['db:10.0.0.9']", STOP_FIRST, ""))).isEmpty();
    }

    @Test
    void aNameThatTwoServicesHaveIsLeftToTheEngine() {
        String db = "networks: { default: { aliases: [sql] } }, " + STOP_FIRST;

        assertThat(known(app("", db, "other: { image: other, networks: { back: { aliases: [sql] } } }")))
                .containsExactly(new Neighbour("db", "shop-dublin_default", List.of("db")));
    }

    @Test
    void whichServicesAContainerKnowsIsAPartOfWhatItIs() {
        AppFolder knowing = app("", STOP_FIRST, "");
        String hash = knowing.service("dublin", "web").hash();

        assertThat(app("", "command: [a]", "").service("dublin", "web").hash()).isNotEqualTo(hash);
        assertThat(app("", "command: [a], " + STOP_FIRST, "")
                        .service("dublin", "web")
                        .hash())
                .as("the neighbour itself may change")
                .isEqualTo(hash);
    }
}
