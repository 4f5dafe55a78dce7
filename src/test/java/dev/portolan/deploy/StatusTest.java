package dev.portolan.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.deploy.Status.RouteReport;
import dev.portolan.model.Desired;
import dev.portolan.model.Route;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.UpdateOrder;
import dev.portolan.testing.Examples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusTest {
    private static final Route PAGES = new Route.Http("git.example.com", "git", 3000, "/", Optional.empty());
    private static final Route SSH = new Route.Tcp(2222, "git", 22);

    @Test
    void readersArriveAtTheEdge() {
        assertThat(Status.routes(release(new TrafficSettings.Edge(8080))))
                .containsExactly(
                        new RouteReport(PAGES, List.of("localhost:8080")),
                        new RouteReport(SSH, List.of("localhost:2222")));
    }

    @Test
    void withoutAnEdgeTheyArriveAtTheProxyOfEachHost() {
        assertThat(Status.routes(release(new TrafficSettings.None())))
                .containsExactly(
                        new RouteReport(PAGES, List.of("127.0.0.1:80", "127.0.0.1:81")),
                        new RouteReport(SSH, List.of("127.0.0.1:2222", "127.0.0.1:2223")));
    }

    private static Desired release(TrafficSettings traffic) {
        Desired plain = Examples.release(
                List.of("dublin", "sydney"), traffic, Examples.service("git", "1", 1, UpdateOrder.START_FIRST));
        return new Desired(
                plain.app(),
                plain.release(),
                plain.regions(),
                plain.primary(),
                List.of(PAGES, SSH),
                plain.rollout(),
                plain.traffic(),
                plain.workloads());
    }
}
