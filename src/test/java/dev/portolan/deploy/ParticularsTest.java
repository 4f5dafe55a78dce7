package dev.portolan.deploy;

import static dev.portolan.testing.Examples.release;
import static dev.portolan.testing.Examples.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.Desired;
import dev.portolan.model.ReleaseCommand;
import dev.portolan.model.RolloutSettings;
import dev.portolan.model.Route;
import dev.portolan.model.Service;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.UpdateOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParticularsTest {
    private static final Service WEB = service("web", "1", 1, UpdateOrder.START_FIRST);
    private static final TrafficSettings EDGE = new TrafficSettings.Edge(8080);

    @Test
    void aReleaseDoesNotDifferFromItself() {
        Desired release = release(List.of("dublin", "sydney"), EDGE, WEB);

        assertThat(Particulars.between(release, release)).isEmpty();
    }

    @Test
    void everythingBesideTheServicesIsSaidInDetail() {
        Desired old = release(List.of("dublin", "sydney"), EDGE, WEB);
        Desired base = release(List.of("dublin", "tokyo"), new TrafficSettings.Edge(9090), WEB);
        Desired now = new Desired(
                base.app(),
                base.release(),
                base.regions(),
                "tokyo",
                List.of(
                        new Route.Http("shop.example", "web", 3000, "/up", Optional.of("_shop")),
                        new Route.Tcp(5432, "db", 5433)),
                new RolloutSettings(
                        2,
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(90),
                        Optional.of(3),
                        true),
                base.traffic(),
                base.workloads(),
                Optional.of(new ReleaseCommand("web", List.of("rake", "migrate"), Duration.ofMinutes(5))));

        assertThat(Particulars.between(old, now))
                .containsExactly(
                        "region: - sydney",
                        "region: + tokyo",
                        "host: - sydney/local",
                        "host: + tokyo/local",
                        "primary: dublin -> tokyo",
                        "route: - http * -> web:3000, health /up",
                        "route: + http shop.example -> web:3000, health /up, sticky _shop",
                        "route: + tcp 5432 -> db:5433",
                        "traffic: edge at port 8080 -> edge at port 9090",
                        "release command: none -> rake migrate in web, up to 5m",
                        "rollout.max_parallel: all -> 2",
                        "rollout.healthy: 2m -> 1m30s",
                        "rollout.retain: 5 -> 3",
                        "rollout.unreachable: fail -> skip");
    }
}
