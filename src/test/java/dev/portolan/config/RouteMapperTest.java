package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.ContainerSpec.PublishedPort;
import dev.portolan.model.Route;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.UpdateOrder;
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

        assertThat(desired.routes()).containsExactly(new Route.Http("*", "web", 80, "/", Optional.empty()));
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
                .containsExactly(new Route.Http("shop.example", "web", 3000, "/up?full=1", Optional.of("_s")));
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
                                "routes: [ { service: wbe }, { service: bare, host: a }, { service: host, host: b, port: 1 }, { service: job, host: c, port: 1 }, { service: inside, host: d, port: 1 } ]\n",
                                """
                                services:
                                  web: { image: a, depends_on: { job: { condition: service_completed_successfully } } }
                                  bare: { image: a }
                                  host: { image: a, network_mode: host, scale: 2 }
                                  inside: { image: a, network_mode: "service:web" }
                                  job: { image: a }
                                """)
                        .problems())
                .containsExactly(
                        "portolan.yml:3:22: routes/0/service: there is no service \"wbe\" in the Compose file; the"
                                + " services are web, bare, host, inside, job",
                        "portolan.yml:3:40: routes/1/service: the port of \"bare\" is not clear; add the port on which"
                                + " it listens in its container, such as \"port: 3000\"",
                        "portolan.yml:3:68: routes/2/service: 2 replicas of \"host\" cannot all listen on the same port"
                                + " of the host; ask for one replica, or remove network_mode",
                        "portolan.yml:3:105: routes/3/service: others wait until \"job\" has ended, so it cannot"
                                + " answer; route to a service that runs on, or depend on it with service_healthy",
                        "portolan.yml:3:141: routes/4/service: \"inside\" has \"network_mode: service:web\", so the proxy"
                                + " cannot reach its containers; remove network_mode");
    }

    @Test
    void aServiceOnTheNetworkOfItsHostMayHaveARoute() {
        AppFolder app = app(
                "routes: [ { service: web, port: 3000 } ]\n",
                "services: { web: { image: a, network_mode: host, ports: ['9000:3000'] } }");

        assertThat(app.problems()).isEmpty();
        assertThat(app.service("dublin", "web").order()).isEqualTo(UpdateOrder.STOP_FIRST);
    }

    @Test
    void noTwoRegionsOfThisMachineCanHaveItNorCanItHaveThePortOfTheEdge() {
        AppFolder both = new AppFolder(path)
                .with("portolan.yml", AppFolder.TWO_REGIONS + "routes: [{ service: web, port: 3000 }]\n")
                .with("compose.yaml", """
                        services:
                          web: { image: a, network_mode: host }
                          agent: { image: b, network_mode: host, expose: [8081, "9100-9102"] }
                          quiet: { image: c, network_mode: host }
                        """);

        assertThat(both.problems())
                .containsExactly(
                        "compose.yaml:2:20: services/web/network_mode: the regions on this machine, such as dublin and"
                                + " sydney, cannot share the port 3000, on which it listens on the host; remove network_mode,"
                                + " or place the service in one of them with placement.constraints: [node.labels.region =="
                                + " dublin]",
                        "compose.yaml:3:22: services/agent/network_mode: the port 8081, on which it listens on the host, is"
                                + " one of those of the edge and its regions, 8080 to 8082; let it listen on another one, or"
                                + " set \"traffic: { provider: edge, port: ... }\" in portolan.yml",
                        "compose.yaml:3:22: services/agent/network_mode: the regions on this machine, such as dublin and"
                                + " sydney, cannot share the port 8081, on which it listens on the host; remove network_mode,"
                                + " or place the service in one of them with placement.constraints: [node.labels.region =="
                                + " dublin]");
        assertThat(both.with("compose.yaml", """
                                services:
                                  web:
                                    image: a
                                    network_mode: host
                                    deploy: { placement: { constraints: [node.labels.region == dublin] } }
                                  mail:
                                    image: b
                                    ports: ["25:25"]
                                    deploy: { placement: { constraints: [node.labels.region == sydney] } }
                                """).problems()).isEmpty();
    }

    @Test
    void connectionsArriveAtAPortAndGoToWhatTheServicePublishesThere() {
        var desired = app(
                        "routes: [ { tcp: 15432, service: db }, { tcp: 25, service: mail }, { tcp: 6379, service: cache }, { tcp: 99, service: other, port: 9 } ]\n",
                        """
                        services:
                          db: { image: a, ports: ["15432:5432", "8008"] }
                          mail: { image: a, expose: ["25", "587"] }
                          cache: { image: a }
                          other: { image: a, expose: ["7"] }
                        """)
                .read()
                .desired();

        assertThat(desired.routes())
                .containsExactly(
                        new Route.Tcp(15432, "db", 5432),
                        new Route.Tcp(25, "mail", 25),
                        new Route.Tcp(6379, "cache", 6379),
                        new Route.Tcp(99, "other", 9));
        assertThat(desired.workload("dublin")
                        .service("db")
                        .orElseThrow()
                        .container()
                        .networking()
                        .ports())
                .containsExactly(new PublishedPort("", 0, 8008, "tcp"));
    }

    @Test
    void aServiceMayHaveARouteToEachOfItsPorts() {
        var desired = app(
                        "routes: [ { host: git.example.com, service: git, port: 3000 }, { tcp: 2222, service: git, port: 22 }, { tcp: 9418, service: git, port: 9418 }, { host: admin.example.com, service: git, port: 8000 } ]\n",
                        "services: { git: { image: a, ports: ['3000:3000', '2222:22', '6060:6060'] } }")
                .read()
                .desired();

        assertThat(desired.routes())
                .containsExactly(
                        new Route.Http("git.example.com", "git", 3000, "/", Optional.empty()),
                        new Route.Tcp(2222, "git", 22),
                        new Route.Tcp(9418, "git", 9418),
                        new Route.Http("admin.example.com", "git", 8000, "/", Optional.empty()));
        assertThat(desired.workload("dublin")
                        .service("git")
                        .orElseThrow()
                        .container()
                        .networking()
                        .ports())
                .containsExactly(new PublishedPort("", 6060, 6060, "tcp"));
    }

    @Test
    void aPortOfAServiceHasOneRoute() {
        assertThat(app(
                                "routes: [ { host: a.example, service: git, port: 80 }, { host: b.example, service: git }, { tcp: 2222, service: git } ]\n",
                                "services: { git: { image: a, ports: ['80'] } }")
                        .problems())
                .containsExactly(
                        "portolan.yml:3:84: routes/1/service: the port 80 of \"git\" has a route already, at"
                                + " routes/0/service; keep one of them, or give this one another \"port\" of the service;"
                                + " \"host: '*'\" takes every host name",
                        "portolan.yml:3:113: routes/2/service: the port 80 of \"git\" has a route already, at"
                                + " routes/0/service; keep one of them, or give this one another \"port\" of the service");
    }

    @Test
    void connectionsToAServiceWithSeveralOtherPortsNeedOne() {
        assertThat(app(
                                "routes: [ { tcp: 5000, service: db } ]\n",
                                "services: { db: { image: a, ports: ['5432', '8008'] } }")
                        .problems())
                .containsExactly("portolan.yml:3:33: routes/0/service: the port of \"db\" is not clear; add the port on"
                        + " which it listens in its container, such as \"port: 5000\"");
    }

    @Test
    void onlyHttpCanShareAPort() {
        assertThat(app(
                                "routes: [ { tcp: 5432, service: db }, { tcp: 5432, service: cache, health: /, host: a.b, sticky: s } ]\n",
                                "services: { db: { image: a }, cache: { image: a } }")
                        .problems())
                .containsExactly(
                        "portolan.yml:3:46: routes/1/tcp: the port 5432 has a route already, at routes/0/tcp; give each"
                                + " route a port of its own; only HTTP can share one",
                        "portolan.yml:3:68: routes/1/health: a route with \"tcp\" has no \"health\"; remove it; the"
                                + " proxy makes a connection, and the service's \"healthcheck\" in the Compose file says"
                                + " the rest",
                        "portolan.yml:3:79: routes/1/host: a route with \"tcp\" has no \"host\"; remove it;"
                                + " connections are told apart by their port alone",
                        "portolan.yml:3:90: routes/1/sticky: a route with \"tcp\" has no \"sticky\"; remove it; a"
                                + " connection stays on its container");
    }

    @Test
    void eachRegionHasAPortOfItsOwnForEachRouteOfTcp() {
        assertThat(app(
                                "routes: [ { tcp: 8081, service: db }, { tcp: 65535, service: cache }, { tcp: 7000, service: queue } ]\n",
                                """
                                services:
                                  db: { image: a }
                                  cache: { image: a }
                                  queue: { image: a }
                                  other: { image: a, ports: ["7001:80"] }
                                """)
                        .problems())
                .containsExactly(
                        "portolan.yml:3:18: routes/0/tcp: the route \"tcp: 8081\" and its regions need the ports 8081 to"
                                + " 8082, and the edge and its regions have 8080 to 8081; choose ports that are further"
                                + " apart, since each region has one of its own",
                        "portolan.yml:3:46: routes/1/tcp: the route \"tcp: 65535\" and its regions need the ports 65535"
                                + " to 65536; choose a port of at most 65534",
                        "compose.yaml:5:30: services/other/ports: the port 7001 is one of those of the route \"tcp:"
                                + " 7000\" and its regions, 7000 to 7001; publish another one, or give that route another"
                                + " port");
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
