package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.ProxySettings;
import dev.portolan.model.TrafficSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is different with hosts that have engines and addresses of their own. */
class HostsOverSshTest {
    private static final String PORTOLAN = """
            app: shop
            primary: dublin
            regions:
              dublin: { hosts: [deploy@10.1.0.11, deploy@10.1.0.12] }
              sydney: { hosts: ["2001:db8::1"] }
            routes: [{ service: web }]
            """;
    private static final String COMPOSE = """
            services:
              web: { image: web, ports: ["8080:80"] }
              database: { image: database, ports: ["3306:3306"], volumes: ["data:/data"] }
            volumes:
              data: { name: app-data }
            """;

    @TempDir
    Path path;

    private AppFolder app(String compose) {
        return new AppFolder(path).with("portolan.yml", PORTOLAN).with("compose.yaml", compose);
    }

    @Test
    void theyShareNothingAndReadersComeByThemselves() {
        AppFolder app = app(COMPOSE);
        assertThat(app.problems()).isEmpty();

        var desired = app.read().desired();
        assertThat(desired.traffic()).isEqualTo(new TrafficSettings.None());
        assertThat(desired.hosts())
                .allSatisfy(host ->
                        assertThat(ProxySettings.of(desired, host).bind()).isEqualTo(Optional.of(":80")));
    }

    @Test
    void whatTheirProxyHasNobodyElseMayPublish() {
        assertThat(app(COMPOSE.replace("3306:3306", "80:3306")).problems())
                .contains(
                        "compose.yaml:3:40: services/database/ports: the port 80 is one of those of the host's proxy, 80;"
                                + " publish another one, or give the service that publishes it a route instead");
        assertThat(app(COMPOSE.replace("ports: [\"3306:3306\"]", "network_mode: host, expose: [\"80\"]"))
                        .problems())
                .anyMatch(problem -> problem.contains(
                        "the port 80, on which it listens on the host, is one of those of the" + " host's proxy"));
    }
}
