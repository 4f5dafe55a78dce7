package dev.portolan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.deploy.Preview;
import dev.portolan.model.ContainerState;
import dev.portolan.model.ContainerState.Health;
import dev.portolan.model.Desired;
import dev.portolan.model.ProxyPorts;
import dev.portolan.model.Region;
import dev.portolan.plan.StepText;
import java.io.IOException;
import java.net.URI;
import java.net.URLConnection;
import java.util.List;
import java.util.Objects;

/** What serves in the harbour, from every side. */
public final class Serving {
    private static final int REQUESTS = 4;

    private Serving() {}

    /** Fails unless this release, and nothing else, serves in every region, and is what the hosts should serve. */
    public static void assertServes(Harbour harbour, String version) throws IOException {
        Desired release = harbour.release(version);
        for (Region region : release.regions()) {
            assertAnswers(release, region, version);
            assertRuns(harbour, release, region.name());
        }
        assertThat(StepText.of(new Preview(harbour.app()).plan(release, notice -> {})))
                .as("a further plan to " + version)
                .isEmpty();
        assertThat(harbour.app().history(notice -> {}).committed()).contains(release.release());
    }

    private static void assertAnswers(Desired release, Region region, String version) throws IOException {
        String origin = ProxyPorts.originOf(release, region.hosts().getFirst());
        for (int request = 0; request < REQUESTS; request++) {
            URLConnection connection =
                    URI.create("http://" + origin + "/").toURL().openConnection();
            connection.getInputStream().close();
            assertThat(Objects.toString(connection.getHeaderField("X-Release"), "nobody"))
                    .as("what serves in " + region.name())
                    .isEqualTo(version);
        }
    }

    /** Old containers of the route may run on, drained; a worker never has company. */
    private static void assertRuns(Harbour harbour, Desired release, String region) {
        release.workload(region).services().forEach(service -> {
            List<ContainerState> running = harbour.running(release, region, service.name());
            List<ContainerState> own = running.stream()
                    .filter(container -> container.configHash().equals(service.hash()))
                    .toList();
            assertThat(own).as(service.name() + " in " + region).hasSize(service.replicas());
            assertThat(own).extracting(ContainerState::health).doesNotContain(Health.UNHEALTHY, Health.STARTING);
            if (!service.name().equals("web")) {
                assertThat(running).as(service.name() + " in " + region).isEqualTo(own);
            }
        });
    }
}
