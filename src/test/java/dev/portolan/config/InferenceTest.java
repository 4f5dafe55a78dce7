package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.Route;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InferenceTest {
    @TempDir
    Path path = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curl -f http://localhost:3000/heartbeat | /heartbeat",
                "[CMD, curl, -fsS, 'http://127.0.0.1:3000/up'] | /up",
                "wget -q --spider http://localhost:3000/a/b?c=d || exit 1 | /a/b?c=d",
                "curl -f \"http://localhost:3000/quoted\" | /quoted",
                "curl -f http://localhost:3000 | /",
                "curl -f http://localhost:3000/ | /",
                "curl -f http://localhost:9999/other | /",
                "curl http://localhost/eighty | /",
                "mysqladmin ping | /",
                "echo http://localhost:3000/no | /",
            })
    void theHealthPathIsTheOneThatTheServicesOwnCheckAsksFor(String line) {
        int bar = line.lastIndexOf('|');
        String test = line.substring(0, bar).strip();
        var project = new AppFolder(path)
                .with(
                        "compose.yaml",
                        "services:\n  web:\n    image: a\n    healthcheck:\n      test: "
                                + (test.startsWith("[") ? test : "'" + test.replace("'", "''") + "'") + "\n")
                .project();

        assertThat(Inference.health(project.service("web").orElseThrow(), 3000))
                .isEqualTo(line.substring(bar + 1).strip());
    }

    @Test
    void theFirstFileSaysWhatWasInferred() {
        AppFolder app = new AppFolder(path).with("compose.yaml", """
                        name: My_Shop
                        services:
                          web:
                            image: shop
                            ports: ["3000:80"]
                            healthcheck: { test: curl -f http://localhost:80/heartbeat }
                          worker: { image: shop }
                        """);

        String text = InitialFile.text(app.project(), InitialFile.DEFAULT_REGIONS);

        assertThat(text).isEqualTo("""
                        # How my-shop is deployed to many regions with Portolan. What it runs is in the Compose file.
                        # Every key: docs/configuration.md
                        app: my-shop

                        # The region that is deployed last and that readers fall back to.
                        primary: dublin

                        # Which requests go where. "health" answers 200 when a container can serve; a "host" limits a route to one name.
                        routes:
                          - { service: web, port: 80, health: "/heartbeat" }

                        # Where readers are sent to the nearest one. "local" is this machine's own Docker Engine.
                        regions:
                          dublin:
                            hosts: [local]
                            # env: { DATABASE_URL: ... }    # variables of this region, over those of the app
                            # compose: compose.dublin.yaml    # a Compose file merged over the app's own in this region
                          sydney:
                            hosts: [local]

                        # Variables for the Compose file, in every region: for ${NAME}, and for "environment: [NAME]" of a service.
                        # env: { RAILS_ENV: production }

                        # How a release goes out. These are the defaults; "max_parallel" limits how many secondary regions move at once.
                        # rollout: { monitor: 10s, keep: 10m, drain: 30s, healthy: 2m }

                        # The edge on this machine: the app is at this port, each region's proxy at one after it.
                        traffic: { provider: edge, port: 3000 }
                        """);
        var desired = ConfigurationReader.read(path, app.options().withPortolanText(text))
                .desired();
        assertThat(desired.app()).isEqualTo("my-shop");
        assertThat(desired.regions()).hasSize(2);
        assertThat(Route.http(desired.routes()).getFirst().health()).isEqualTo("/heartbeat");
    }

    @Test
    void whereTheRouteIsNotClearTheFirstIsTakenAndTheOthersAreShown() {
        AppFolder app = new AppFolder(path)
                .with(
                        "compose.yaml",
                        "services: { web: { image: a, ports: ['80', '443:443'] }, admin: { image: b, ports: ['9000'] } }\n");

        String text = InitialFile.text(app.project(), java.util.List.of("tokyo"));

        assertThat(text).contains("""
                        routes:
                          - { service: web, port: 80, health: "/" }
                          # - { service: web, port: 443, health: "/" }
                          # - { service: admin, port: 9000, health: "/" }
                        """).contains("traffic: { provider: edge, port: 8080 }\n");
        assertThat(ConfigurationReader.read(path, app.options().withPortolanText(text))
                        .warnings())
                .isEmpty();
    }

    @Test
    void anAppWithoutPortsHasNoRoute() {
        AppFolder app = new AppFolder(path).with("compose.yaml", "services: { worker: { image: a } }\n");

        String text = InitialFile.text(app.project(), InitialFile.DEFAULT_REGIONS);

        assertThat(text).contains("routes: []\n").contains("# traffic: { provider: edge, port: 8080 }\n");
        assertThat(ConfigurationReader.read(path, app.options().withPortolanText(text))
                        .desired()
                        .routes())
                .isEmpty();
    }

    @Test
    void namesThatLookLikeNumbersAreQuoted() {
        AppFolder app = new AppFolder(path)
                .with("compose.yaml", "name: '2048'\nservices: { '1': { image: a, ports: ['80'] } }\n");

        String text = InitialFile.text(app.project(), InitialFile.DEFAULT_REGIONS);

        assertThat(text).contains("app: \"2048\"\n").contains("- { service: \"1\", port: 80, health: \"/\" }\n");
        assertThat(ConfigurationReader.read(path, app.options().withPortolanText(text))
                        .warnings())
                .isEmpty();
    }

    @Test
    void anyNameBecomesANameOfAnApp() {
        assertThat(InitialFile.appName("My Shop!")).isEqualTo("my-shop");
        assertThat(InitialFile.appName("___")).isEqualTo("app");
        assertThat(InitialFile.appName("a".repeat(60))).hasSize(40);
    }
}
