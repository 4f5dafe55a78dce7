package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerNamesTest {
    private static final String COMPOSE = """
            services:
              web: { image: web, ports: ["8080:80"] }
              db:
                image: db
                container_name: shop-db
            """;

    @TempDir
    Path path = Path.of("");

    private AppFolder app(String regions) {
        return new AppFolder(path)
                .with("portolan.yml", regions + "routes: [{ service: web }]\n")
                .with("compose.yaml", COMPOSE);
    }

    @Test
    void aRegionAloneOnItsMachineHasTheNameAsItIs() {
        AppFolder app = app(AppFolder.ONE_REGION);

        assertThat(app.problems()).isEmpty();
        assertThat(app.service("dublin", "db").containerName()).contains("shop-db");
        assertThat(app.service("dublin", "web").containerName()).isEmpty();
    }

    @Test
    void regionsThatShareAnEngineAddTheirOwnNames() {
        AppFolder app = app(AppFolder.TWO_REGIONS);

        assertThat(app.service("dublin", "db").containerName()).contains("shop-db-dublin");
        assertThat(app.service("sydney", "db").containerName()).contains("shop-db-sydney");
        assertThat(app.problems())
                .containsExactly(
                        "compose.yaml:5:5: services/db/container_name: the regions on this machine, such as dublin"
                                + " and sydney, cannot share the name \"shop-db\": the container is called shop-db-dublin in dublin, and"
                                + " so on; nothing needs to be done; a region alone on its machine has the name as it is");
    }

    @Test
    void othersFindTheContainerByItsNameInEveryRegion() {
        AppFolder app = app(AppFolder.TWO_REGIONS);

        assertThat(app.service("sydney", "db")
                        .container()
                        .networking()
                        .attachments()
                        .getFirst()
                        .aliases())
                .containsExactly("db", "shop-db");
    }
}
