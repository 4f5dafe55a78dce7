package dev.portolan.plan;

import static dev.portolan.testing.Examples.NOON;
import static dev.portolan.testing.Examples.emptyHost;
import static dev.portolan.testing.Examples.hostOf;
import static dev.portolan.testing.Examples.release;
import static dev.portolan.testing.Examples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.model.Desired;
import dev.portolan.model.HostState;
import dev.portolan.model.Observed;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.TrafficState;
import dev.portolan.model.UpdateOrder;
import dev.portolan.model.UserError;
import dev.portolan.plan.Request.Mode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The subnets of new networks, on a host that has routes of its own. */
class RoutesTest {
    private static final Desired DESIRED =
            release(List.of("dublin"), new TrafficSettings.None(), service("web", "1", 1, UpdateOrder.START_FIRST));

    @Test
    void whatAVpnOrAnotherEngineRoutesIsTaken() {
        assertThat(subnets(Map.of(), "192.0.2.0/24", "10.213.0.0/22", "10.213.5.17/32"))
                .containsExactly("10.213.6.0/23");
    }

    @Test
    void theRouteOfTheEnginesOwnNetworkIsNoSecondClaim() {
        assertThat(subnets(Map.of("other", "10.213.0.0/23"), "10.213.0.0/23")).containsExactly("10.213.2.0/23");
        assertThat(subnets(Map.of("default", "10.213.0.0/23"), "10.213.0.0/23")).isEmpty();
    }

    @Test
    void aRouteForNearlyEverythingClaimsNothing() {
        assertThat(subnets(Map.of(), "0.0.0.0/1", "128.0.0.0/1", "8.0.0.0/5")).containsExactly("10.213.0.0/23");
    }

    @Test
    void whereAVpnRoutesAllTensTheSubnetComesFromAnotherPrivateRange() {
        assertThat(subnets(Map.of("bridge", "172.17.0.0/16"), "10.0.0.0/8", "172.16.0.0/16"))
                .containsExactly("172.18.0.0/23");
    }

    @Test
    void whereEverythingIsTakenTheErrorSaysByWhatAndWhatToDo() {
        assertThatThrownBy(() -> subnets(Map.of(), "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))
                .isInstanceOfSatisfying(UserError.class, error -> {
                    assertThat(error.message())
                            .isEqualTo(
                                    "no free subnet is left for the network default: networks of the engine or routes of"
                                            + " the host take all of 10.213.0.0 to 10.220.255.255, 172.16.0.0/12 and 192.168.0.0/16");
                    assertThat(error.remedy())
                            .isEqualTo("see them with: ip route; remove networks that nobody uses with: docker network"
                                    + " prune; or give this one a subnet in the Compose file");
                });
    }

    private static List<String> subnets(Map<String, String> networks, String... routes) {
        HostState.Reachable empty = emptyHost("dublin");
        HostState.Reachable routed = new HostState.Reachable(
                empty.engine(),
                empty.containers(),
                networks,
                Set.of(routes),
                empty.volumes(),
                empty.images(),
                empty.usedAddresses(),
                empty.proxy(),
                empty.committed());
        Request request = new Request(
                DESIRED,
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty(),
                Set.of(),
                NOON,
                Mode.FORWARD);
        return Planner.plan(request, new Observed(Map.of(hostOf("dublin"), routed), TrafficState.ABSENT))
                .steps()
                .filter(Step.CreateNetwork.class::isInstance)
                .map(step -> ((Step.CreateNetwork) step).subnet())
                .toList();
    }
}
