package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.ContainerSpec.PublishedPort;
import dev.portolan.model.Route;
import dev.portolan.model.TrafficSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteMapperTest {
    @TempDir
    Path path = Path.of("");

    private AppFolder app(String portolan, String compose) {
        return new AppFolder(path)
                .with("portolan.yml", AppFolder.ONE_REGION + portolan)
                .with("compose.yaml", compose);
    }

    @Test
    void oneServiceWithOnePublishedPortIsTheRoute() {
        var desired = app("", "services: { web: { image: a, ports: ['80'] }, db: { image: b, expose: ['5432'] } }")
                .read()
                .desired();

        assertThat(desired.routes()).containsExactly(new Route("*", "web", 80, "/", Optional.empty()));
        assertThat(desired.traffic()).isEqualTo(new TrafficSettings.Edge(8080));
    }

    @Test
    void whereNothingIsPublishedThereIsNoRouteAndNoEdge() {
        var desired = app("", "services: { worker: { image: a } }").read().desired();

        assertThat(desired.routes()).isEmpty();
        assertThat(desired.traffic()).isEqualTo(new TrafficSettings.None());
    }

    @Test
    void whereSeveralPortsArePublishedThePersonIsAsked() {
        String compose =
                "services: { web: { image: a, ports: ['8080:80'] }, admin: { image: b, ports: ['9000', '9001'] } }";

        assertThat(app("", compose).problems())
                .containsExactly(
                        "portolan.yml:1:6: which service readers reach is not clear: several ports are published"
                                + " (web 80; admin 9000, 9001); add for example \"routes: [ { service: web, port: 80 } ]\","
                                + " or \"routes: []\" if they reach none");
        assertThat(app("routes: []\n", compose).problems()).isEmpty();
    }

    @Test
    void whatARouteDoesNotSayIsTakenFromTheService() {
        var desired = app("routes: [ { service: web, host: shop.example, sticky: _s } ]\n", """
                        services:
                          web:
                            image: a
                            expose: ["3000"]
                            ports: ["9000:9000/udp"]
                            healthcheck: { test: [CMD-SHELL, "curl -fsS 'http://localhost:3000/up?full=1' || exit 1"] }
                        """)
                .read()
                .desired();

        assertThat(desired.routes())
                .containsExactly(new Route("shop.example", "web", 3000, "/up?full=1", Optional.of("_s")));
    }

    @Test
    void onlyTheRoutedPortIsLeftToTheProxy() {
        var service = app(
                        "routes: [ { service: web, port: 80 } ]\n",
                        "services: { web: { image: a, ports: ['8080:80', '127.0.0.1:9090:9090', '80:80/udp'] } }")
                .service("dublin", "web");

        assertThat(service.container().networking().ports())
                .containsExactly(
                        new PublishedPort("127.0.0.1", 9090, 9090, "tcp"), new PublishedPort("", 80, 80, "udp"));
    }

    @Test
    void aRouteThatCannotBeIsAProblemAtItsPlace() {
        assertThat(app(
                                "routes: [ { service: wbe }, { service: bare, host: a }, { service: host, host: b, port: 1 }, { service: job, host: c, port: 1 } ]\n",
                                """
                                services:
                                  web: { image: a, depends_on: { job: { condition: service_completed_successfully } } }
                                  bare: { image: a }
                                  host: { image: a, network_mode: host }
                                  job: { image: a }
                                """)
                        .problems())
                .containsExactly(
                        "portolan.yml:3:22: routes/0/service: there is no service \"wbe\" in the Compose file; the"
                                + " services are web, bare, host, job",
                        "portolan.yml:3:40: routes/1/service: the port of \"bare\" is not clear; add the port on which"
                                + " it listens in its container, such as \"port: 3000\"",
                        "portolan.yml:3:68: routes/2/service: \"host\" has \"network_mode: host\", so the proxy cannot"
                                + " reach its containers; remove network_mode",
                        "portolan.yml:3:105: routes/3/service: others wait until \"job\" has ended, so it cannot"
                                + " answer; route to a service that runs on, or depend on it with service_healthy");
    }

    @Test
    void anEdgeNeedsRoomForItsRegions() {
        assertThat(app("traffic: { provider: edge, port: 65535 }\n", "services: { web: { image: a, ports: ['80'] } }")
                        .problems())
                .containsExactly(
                        "portolan.yml:3:34: traffic/port: the edge and its regions need the ports 65535 to 65536;"
                                + " choose a port of at most 65534");
    }
}
