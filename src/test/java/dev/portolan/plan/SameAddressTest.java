package dev.portolan.plan;

import static dev.portolan.testing.Examples.NOON;
import static dev.portolan.testing.Examples.emptyHost;
import static dev.portolan.testing.Examples.hostOf;
import static dev.portolan.testing.Examples.release;
import static dev.portolan.testing.Examples.running;
import static dev.portolan.testing.Examples.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.ContainerSpec.NetworkAttachment;
import dev.portolan.model.ContainerSpec.Networking;
import dev.portolan.model.ContainerState;
import dev.portolan.model.Desired;
import dev.portolan.model.Endpoint;
import dev.portolan.model.HostState;
import dev.portolan.model.Observed;
import dev.portolan.model.ProxySettings;
import dev.portolan.model.ProxyState;
import dev.portolan.model.Service;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.TrafficState;
import dev.portolan.model.UpdateOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Routes to services whose next container has the address of the one before: with {@code network_mode: host} that of the loopback, or one
 * that the app gives.
 */
class SameAddressTest {
    private static final Service WEB_1 = onHost("1");
    private static final Service WEB_2 = onHost("2");

    private static Service addressed(String version) {
        Service plain = service("web", version, 1, UpdateOrder.STOP_FIRST);
        Networking networking = plain.container().networking();
        var asked = new Endpoint("10.213.0.2", "", List.of(), "", Map.of(), 0, "");
        return plain.with(
                plain.container()
                        .with(new Networking(
                                List.of(new NetworkAttachment("default", List.of(), Optional.of(asked))),
                                Optional.empty(),
                                networking.ports(),
                                networking.exposed(),
                                networking.hostname(),
                                networking.extraHosts(),
                                networking.dns())),
                plain.hash());
    }

    private static Service onHost(String version) {
        Service plain = service("web", version, 1, UpdateOrder.STOP_FIRST);
        Networking networking = plain.container().networking();
        return plain.with(
                plain.container()
                        .with(new Networking(
                                List.of(),
                                Optional.of("host"),
                                networking.ports(),
                                networking.exposed(),
                                networking.hostname(),
                                networking.extraHosts(),
                                networking.dns())),
                plain.hash());
    }

    @Test
    void theProxyIsToldOfTheNextContainerAlthoughItHasTheAddressOfTheOneBefore() {
        Desired old = release(List.of("dublin"), new TrafficSettings.Edge(8080), WEB_1);
        Desired desired = release(List.of("dublin"), new TrafficSettings.Edge(8080), WEB_2);

        assertThat(StepText.of(plan(desired, old, WEB_1, Map.of("host", "127.0.0.1"))))
                .containsSubsequence(
                        "  dublin/local: drain " + name(WEB_1) + " (up to 30s)",
                        "  dublin/local: stop " + name(WEB_1),
                        "  dublin/local: start " + name(WEB_2),
                        "  dublin/local: cut over web to " + name(WEB_2));
    }

    @Test
    void oneThatServesIsNotTouched() {
        Desired desired = release(List.of("dublin"), new TrafficSettings.Edge(8080), WEB_1);

        assertThat(plan(desired, desired, WEB_1, Map.of("host", "127.0.0.1")).waves())
                .isEmpty();
    }

    @Test
    void soItIsWithAnAddressThatTheAppGives() {
        Desired old = release(List.of("dublin"), new TrafficSettings.Edge(8080), addressed("1"));
        Desired desired = release(List.of("dublin"), new TrafficSettings.Edge(8080), addressed("2"));

        assertThat(StepText.of(plan(desired, old, addressed("1"), Map.of("default", "10.213.0.2"))))
                .containsSubsequence(
                        "  dublin/local: drain " + name(addressed("1")) + " (up to 30s)",
                        "  dublin/local: stop " + name(addressed("1")),
                        "  dublin/local: start " + name(addressed("2")),
                        "  dublin/local: cut over web to " + name(addressed("2")));
        assertThat(plan(old, old, addressed("1"), Map.of("default", "10.213.0.2"))
                        .waves())
                .isEmpty();
    }

    private static String name(Service service) {
        return Replica.nameOf("shop", "dublin", service, 1);
    }

    private static Plan plan(Desired desired, Desired old, Service service, Map<String, String> addresses) {
        String address = addresses.values().iterator().next();
        HostState.Reachable empty = emptyHost("dublin");
        ContainerState plain = running("dublin", service, 1, address);
        ContainerState web = new ContainerState(
                plain.id(),
                plain.name(),
                plain.service(),
                plain.replica(),
                plain.configHash(),
                plain.release(),
                plain.status(),
                plain.health(),
                plain.exitCode(),
                addresses,
                Map.of(),
                NOON);
        ProxyState proxy = new ProxyState(
                true,
                ProxySettings.of(old, old.keeper()).hash(),
                Map.of("web", new ProxyState.RouteState(Set.of(address + ":3000"), List.of())));
        return Planner.plan(
                new Request(
                        desired,
                        Optional.of(old),
                        Optional.empty(),
                        NOON,
                        Optional.empty(),
                        Set.of(),
                        NOON,
                        Request.Mode.FORWARD),
                new Observed(
                        Map.of(
                                hostOf("dublin"),
                                new HostState.Reachable(
                                        empty.engine(),
                                        List.of(web),
                                        Map.of("default", "10.213.0.0/23"),
                                        Set.of(),
                                        Set.of(),
                                        Set.of(),
                                        Set.of(),
                                        proxy,
                                        Optional.of(old.release()))),
                        TrafficState.ABSENT));
    }
}
