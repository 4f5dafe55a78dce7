package dev.portolan.plan;

import static dev.portolan.testing.Examples.NOON;
import static dev.portolan.testing.Examples.emptyHost;
import static dev.portolan.testing.Examples.hostOf;
import static dev.portolan.testing.Examples.running;
import static dev.portolan.testing.Examples.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerState;
import dev.portolan.model.Desired;
import dev.portolan.model.HostState;
import dev.portolan.model.Observed;
import dev.portolan.model.RestartPolicy;
import dev.portolan.model.Service;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.TrafficState;
import dev.portolan.model.UpdateOrder;
import dev.portolan.plan.Request.Mode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Services whose containers may end: {@code restart: "no"} or {@code on-failure}. */
class EndedTest {

    @Test
    void oneThatEndedWellIsNotStartedAgain() {
        assertThat(waves(RestartPolicy.NEVER, 0)).isEmpty();
        assertThat(waves(new RestartPolicy(RestartPolicy.Mode.ON_FAILURE, 3), 0))
                .isEmpty();
    }

    @Test
    void oneThatFailedOrIsToRunOnIsStartedAgain() {
        assertThat(waves(RestartPolicy.NEVER, 1)).contains("  dublin/local: start again " + NAME);
        assertThat(waves(RestartPolicy.ALWAYS, 0)).contains("  dublin/local: start again " + NAME);
    }

    private static final Service PLAIN = service("seed", "1", 1, UpdateOrder.START_FIRST);
    private static final String NAME = "shop-dublin-seed-" + PLAIN.hash().substring(0, 6) + "-1";

    private static List<String> waves(RestartPolicy restart, int exitCode) {
        ContainerSpec spec = PLAIN.container();
        Service service = new Service(
                PLAIN.name(),
                PLAIN.hash(),
                new ContainerSpec(
                        spec.image(),
                        spec.process(),
                        spec.healthTest(),
                        spec.networking(),
                        spec.storage(),
                        spec.resources(),
                        spec.security(),
                        spec.labels(),
                        restart,
                        spec.logging()),
                1,
                PLAIN.order(),
                List.of(),
                PLAIN.settle(),
                false);
        Desired desired = dev.portolan.testing.Examples.release(List.of("dublin"), new TrafficSettings.None(), service);
        HostState.Reachable empty = emptyHost("dublin");
        HostState.Reachable host = new HostState.Reachable(
                empty.engine(),
                List.of(ended(running("dublin", service, 1, "10.213.0.2"), exitCode)),
                Map.of("default", "10.213.0.0/23"),
                empty.routes(),
                empty.volumes(),
                empty.images(),
                empty.usedAddresses(),
                empty.proxy(),
                Optional.of(desired.release()));
        Request request = new Request(
                desired,
                Optional.of(desired),
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty(),
                Set.of(),
                NOON,
                Mode.FORWARD);
        return StepText.of(Planner.plan(request, new Observed(Map.of(hostOf("dublin"), host), TrafficState.ABSENT)));
    }

    private static ContainerState ended(ContainerState state, int exitCode) {
        return new ContainerState(
                state.id(),
                state.name(),
                state.service(),
                state.replica(),
                state.configHash(),
                state.release(),
                ContainerState.Status.EXITED,
                ContainerState.Health.NONE,
                Optional.of(exitCode),
                state.address(),
                state.neighbours(),
                state.created());
    }
}
