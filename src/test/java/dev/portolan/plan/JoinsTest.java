package dev.portolan.plan;

import static dev.portolan.testing.Examples.NOON;
import static dev.portolan.testing.Examples.emptyHost;
import static dev.portolan.testing.Examples.hostOf;
import static dev.portolan.testing.Examples.running;
import static dev.portolan.testing.Examples.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerSpec.Networking;
import dev.portolan.model.ContainerState;
import dev.portolan.model.Dependency;
import dev.portolan.model.Desired;
import dev.portolan.model.HostState;
import dev.portolan.model.Observed;
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

/** Containers in the namespaces of others, and with their volumes. */
class JoinsTest {
    private static final Service VPN_1 = service("vpn", "1", 1, UpdateOrder.STOP_FIRST);
    private static final Service VPN_2 = service("vpn", "2", 1, UpdateOrder.STOP_FIRST);
    private static final Service INSIDE_1 = inside("1");
    private static final Service INSIDE_2 = inside("2");

    @Test
    void whatLivesInAContainerEndsBeforeItAndStartsAfterTheNextOne() {
        Plan plan = plan(
                Optional.of(release(VPN_1, INSIDE_1)),
                release(VPN_2, INSIDE_2),
                running("dublin", VPN_1, 1, "10.213.0.2"),
                joined(INSIDE_1, "id-" + name(VPN_1)));

        assertThat(StepText.of(plan))
                .containsSubsequence(
                        "  dublin/local: stop " + name(INSIDE_1),
                        "  dublin/local: stop " + name(VPN_1),
                        "  dublin/local: start " + name(VPN_2),
                        "  dublin/local: wait until " + name(VPN_2) + " is healthy (up to 2m)",
                        "  dublin/local: start " + name(INSIDE_2),
                        "  dublin/local: wait until " + name(INSIDE_2) + " is healthy (up to 2m)")
                .filteredOn(line -> line.contains("stop"))
                .hasSize(2);
        assertThat(plan.steps()
                        .filter(Step.Start.class::isInstance)
                        .flatMap(step -> ((Step.Start) step).replicas().stream())
                        .map(Replica::joined))
                .containsExactly(Map.of(), Map.of("vpn", name(VPN_2)));
    }

    @Test
    void aContainerThatLivesInOneThatIsNoMoreIsMadeAnew() {
        Desired desired = release(VPN_1, INSIDE_1);

        assertThat(StepText.of(plan(
                        Optional.of(desired),
                        desired,
                        running("dublin", VPN_1, 1, "10.213.0.2"),
                        joined(INSIDE_1, "id-of-one-that-was-removed-by-hand"))))
                .containsSubsequence(
                        "  dublin/local: stop " + name(INSIDE_1),
                        "  dublin/local: remove " + name(INSIDE_1),
                        "  dublin/local: start " + name(INSIDE_1));
    }

    @Test
    void oneThatLivesWhereItShouldIsNotTouched() {
        Desired desired = release(VPN_1, INSIDE_1);

        assertThat(plan(
                                Optional.of(desired),
                                desired,
                                running("dublin", VPN_1, 1, "10.213.0.2"),
                                joined(INSIDE_1, "id-" + name(VPN_1)))
                        .waves())
                .isEmpty();
    }

    @Test
    void whatMountsTheVolumesOfAnotherServesUntilTheNextOneDoes() {
        Service code1 = service("code", "1", 1, UpdateOrder.START_FIRST);
        Service code2 = service("code", "2", 1, UpdateOrder.START_FIRST);
        Service web1 = mounting("1");
        Service web2 = mounting("2");

        Plan plan = plan(
                Optional.of(release(code1, web1)),
                release(code2, web2),
                running("dublin", code1, 1, "10.213.0.2"),
                mounted(web1, "id-" + name(code1)));

        assertThat(StepText.of(plan))
                .containsSubsequence(
                        "  dublin/local: start " + name(code2),
                        "  dublin/local: stop " + name(code1),
                        "  dublin/local: start " + name(web2),
                        "  dublin/local: cut over web to " + name(web2))
                .noneMatch(line -> line.contains("stop " + name(web1)) && line.contains("wave"));
        assertThat(plan.steps()
                        .filter(Step.Start.class::isInstance)
                        .flatMap(step -> ((Step.Start) step).replicas().stream())
                        .map(Replica::joined))
                .containsExactly(Map.of(), Map.of("code", name(code2)));
    }

    @Test
    void aContainerWithTheVolumesOfOneThatIsNoMoreIsMadeAnew() {
        Service code = service("code", "1", 1, UpdateOrder.START_FIRST);
        Service web = mounting("1");
        Desired desired = release(code, web);

        assertThat(plan(
                                Optional.of(desired),
                                desired,
                                running("dublin", code, 1, "10.213.0.2"),
                                mounted(web, "id-" + name(code)))
                        .steps()
                        .filter(step -> step instanceof Step.Stop || step instanceof Step.Start))
                .isEmpty();
        assertThat(StepText.of(plan(
                        Optional.of(desired),
                        desired,
                        running("dublin", code, 1, "10.213.0.2"),
                        mounted(web, "id-of-one-that-was-removed-by-hand"))))
                .containsSubsequence(
                        "  dublin/local: stop " + name(web),
                        "  dublin/local: remove " + name(web),
                        "  dublin/local: start " + name(web));
    }

    private static Service mounting(String version) {
        Service plain = service("web", version, 1, UpdateOrder.START_FIRST);
        ContainerSpec spec = plain.container();
        return new Service(
                plain.name(),
                plain.hash(),
                spec.with(spec.storage().fromContainers(List.of("service:code"))),
                1,
                plain.order(),
                List.of(new Dependency("code", Dependency.Condition.STARTED)),
                plain.settle(),
                false);
    }

    private static ContainerState mounted(Service service, String id) {
        ContainerState state = running("dublin", service, 1, "10.213.0.3");
        return new ContainerState(
                state.id(),
                state.name(),
                state.service(),
                state.replica(),
                state.configHash(),
                state.release(),
                state.status(),
                state.health(),
                state.exitCode(),
                state.address(),
                state.neighbours(),
                Map.of(),
                Map.of("code", id),
                state.created());
    }

    private static Service inside(String version) {
        Service plain = service("inside", version, 1, UpdateOrder.START_FIRST);
        Networking networking = plain.container().networking();
        return new Service(
                plain.name(),
                plain.hash(),
                plain.container()
                        .with(new Networking(
                                List.of(),
                                Optional.of("service:vpn"),
                                networking.ports(),
                                networking.exposed(),
                                networking.hostname(),
                                networking.extraHosts(),
                                networking.dns())),
                1,
                plain.order(),
                List.of(new Dependency("vpn", Dependency.Condition.STARTED)),
                plain.settle(),
                false);
    }

    private static ContainerState joined(Service service, String id) {
        ContainerState state = running("dublin", service, 1, "");
        return new ContainerState(
                state.id(),
                state.name(),
                state.service(),
                state.replica(),
                state.configHash(),
                state.release(),
                state.status(),
                state.health(),
                state.exitCode(),
                Map.of(),
                state.neighbours(),
                Map.of("vpn", id),
                Map.of(),
                state.created());
    }

    private static String name(Service service) {
        return "shop-dublin-" + service.name() + "-" + service.hash().substring(0, 6) + "-1";
    }

    private static Desired release(Service... services) {
        return dev.portolan.testing.Examples.release(List.of("dublin"), new TrafficSettings.None(), services);
    }

    private static Plan plan(Optional<Desired> committed, Desired desired, ContainerState... containers) {
        HostState.Reachable empty = emptyHost("dublin");
        return Planner.plan(
                new Request(
                        desired,
                        committed,
                        Optional.empty(),
                        Instant.EPOCH,
                        Optional.empty(),
                        Set.of(),
                        NOON,
                        Mode.FORWARD),
                new Observed(
                        Map.of(
                                hostOf("dublin"),
                                new HostState.Reachable(
                                        empty.engine(),
                                        List.of(containers),
                                        Map.of("default", "10.213.0.0/23"),
                                        empty.routes(),
                                        empty.volumes(),
                                        empty.images(),
                                        empty.usedAddresses(),
                                        empty.proxy(),
                                        empty.committed())),
                        TrafficState.ABSENT));
    }
}
