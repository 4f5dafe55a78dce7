package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedEngineTest {
    private static final String COMPOSE = """
            services:
              web: { image: web, ports: ["8080:80"] }
              database:
                image: database
                ports: ["3306:3306"]
                volumes: ["data:/data", "shared:/shared:ro", "/tmp:/folder", "./own:/own"]
                networks: [named, fixed]
            networks:
              named: { name: app-net }
              fixed: { ipam: { config: [{ subnet: 10.20.0.0/24 }] } }
            volumes:
              data: { name: app-data }
              shared: { external: true }
            """;

    @TempDir
    Path path = Path.of("");

    private AppFolder app() {
        return new AppFolder(path)
                .with("portolan.yml", AppFolder.TWO_REGIONS + "routes: [{ service: web }]\n")
                .with("compose.yaml", COMPOSE);
    }

    @Test
    void whatTwoRegionsOnOneEngineCannotBothHaveIsAProblem() {
        assertThat(app().problems())
                .containsExactly(
                        "compose.yaml:5:13: services/database/ports: the regions on this machine, such as dublin and"
                                + " sydney, cannot share the port 3306; publish \"3306\" alone to let the engine choose, remove"
                                + " it if only other services need it, or publish \"${PORT}:3306\" and set PORT in each region's"
                                + " \"env\"",
                        "compose.yaml:6:50: services/database/volumes: the regions on this machine share the folder"
                                + " /tmp; mount it read-only, use a named volume, or put ${PORTOLAN_REGION} into the path",
                        "compose.yaml:9:3: networks/named/name: the regions on this machine, such as dublin and sydney,"
                                + " cannot share the network \"app-net\"; remove \"name\", or end it in \"-${PORTOLAN_REGION}\"",
                        "compose.yaml:10:3: networks/fixed/ipam: the regions on this machine, such as dublin and"
                                + " sydney, cannot share the subnet 10.20.0.0/24; remove it, or set another one in each region's"
                                + " own Compose file",
                        "compose.yaml:12:3: volumes/data/name: the regions on this machine, such as dublin and sydney,"
                                + " cannot share the volume \"app-data\", and all write to it; end its name in"
                                + " \"-${PORTOLAN_REGION}\", or mount it read-only");
    }

    @Test
    void oneRegionAloneHasNoneOfTheseProblems() {
        assertThat(app().with("portolan.yml", AppFolder.ONE_REGION + "routes: [{ service: web }]\n")
                        .problems())
                .isEmpty();
    }

    @Test
    void whatDiffersByRegionIsNoProblem() {
        var app = app().with(
                        "compose.yaml",
                        COMPOSE.replace("\"3306:3306\"", "\"${PORT}:3306\"")
                                .replace("app-net", "'app-net-${PORTOLAN_REGION}'")
                                .replace("app-data", "'app-data-${PORTOLAN_REGION}'")
                                .replace("10.20.0.0/24", "'${SUBNET}/24'")
                                .replace("/tmp:", "/tmp/${PORTOLAN_REGION}:"))
                .with(
                        "portolan.yml",
                        AppFolder.TWO_REGIONS
                                        .replace("dublin: { ", "dublin: { env: { PORT: 3306, SUBNET: 10.20.0.0 }, ")
                                        .replace("sydney: { ", "sydney: { env: { PORT: 3307, SUBNET: 10.21.0.0 }, ")
                                + "routes: [{ service: web }]\n");

        assertThat(app.problems()).isEmpty();
    }

    @Test
    void aPortOfTheEdgeOrOfARegionsProxyCannotBePublished() {
        assertThat(app().with(
                                "portolan.yml",
                                AppFolder.ONE_REGION
                                        + "routes: [{ service: web }]\ntraffic: { provider: edge, port: 3305 }\n")
                        .problems())
                .containsExactly(
                        "compose.yaml:5:13: services/database/ports: the port 3306 is one of those of the edge and its"
                                + " regions, 3305 to 3306; publish another one, or set \"traffic: { provider: edge, port: ... }\""
                                + " in portolan.yml");
    }
}
