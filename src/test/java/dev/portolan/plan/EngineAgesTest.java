package dev.portolan.plan;

import static dev.portolan.testing.Examples.emptyHost;
import static dev.portolan.testing.Examples.hostOf;
import static dev.portolan.testing.Examples.release;
import static dev.portolan.testing.Examples.service;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerSpec.NetworkAttachment;
import dev.portolan.model.Desired;
import dev.portolan.model.Endpoint;
import dev.portolan.model.HostState;
import dev.portolan.model.Observed;
import dev.portolan.model.Service;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.TrafficState;
import dev.portolan.model.UpdateOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineAgesTest {
    private static final Desired RELEASE = release(
            List.of("dublin", "sydney"),
            new TrafficSettings.None(),
            service("web", "1", 1, UpdateOrder.START_FIRST),
            withInterface(service("db", "1", 1, UpdateOrder.STOP_FIRST)));

    private static Service withInterface(Service plain) {
        var asked = new Endpoint("", "", List.of(), "", Map.of(), 0, "eth7");
        var networking = new ContainerSpec.Networking(
                List.of(new NetworkAttachment("default", List.of(), Optional.of(asked))),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of());
        return new Service(
                plain.name(),
                plain.hash(),
                plain.container().with(networking),
                plain.replicas(),
                plain.order(),
                plain.dependencies(),
                plain.settle(),
                plain.job());
    }

    private static HostState.Reachable host(String region, int engineApi) {
        HostState.Reachable empty = emptyHost(region);
        return new HostState.Reachable(
                empty.engine(),
                empty.containers(),
                empty.networks(),
                empty.routes(),
                empty.volumes(),
                empty.images(),
                empty.usedAddresses(),
                empty.proxy(),
                empty.committed(),
                empty.files(),
                empty.folders(),
                empty.takenNames(),
                engineApi,
                empty.platform());
    }

    private static Observed observed(int dublin, int sydney) {
        return new Observed(
                Map.of(hostOf("dublin"), host("dublin", dublin), hostOf("sydney"), host("sydney", sydney)),
                TrafficState.ABSENT);
    }

    @Test
    void aHostWhoseEngineIsTooOldForAKeyIsNamedWithTheServiceBeforeAnythingHappens() {
        assertThatThrownBy(() -> EngineAges.require(RELEASE, observed(49, 48)))
                .hasMessageContaining(
                        "the container engine is too old: db on sydney/local: the interface_name of a network"
                                + " needs Docker Engine 28.1 or newer");
    }

    @Test
    void enginesThatAreNewEnoughAreNotSpokenOf() {
        assertThatCode(() -> EngineAges.require(RELEASE, observed(49, 51))).doesNotThrowAnyException();
    }
}
