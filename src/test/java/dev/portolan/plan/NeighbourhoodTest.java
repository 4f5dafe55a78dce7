package dev.portolan.plan;

import static dev.portolan.testing.Examples.NOON;
import static dev.portolan.testing.Examples.emptyHost;
import static dev.portolan.testing.Examples.hostOf;
import static dev.portolan.testing.Examples.running;
import static dev.portolan.testing.Examples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.portolan.model.ContainerSpec.Neighbour;
import dev.portolan.model.ContainerSpec.Networking;
import dev.portolan.model.ContainerState;
import dev.portolan.model.Dependency;
import dev.portolan.model.Desired;
import dev.portolan.model.HostState;
import dev.portolan.model.Observed;
import dev.portolan.model.ProxyState;
import dev.portolan.model.Service;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.TrafficState;
import dev.portolan.model.UpdateOrder;
import dev.portolan.plan.Request.Mode;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A worker that knows its database by heart. */
class NeighbourhoodTest {
    private static final String NETWORK = "10.213.0.0/23";
    private static final Service DB_1 = service("db", "1", 1, UpdateOrder.STOP_FIRST);
    private static final Service DB_2 = service("db", "2", 1, UpdateOrder.STOP_FIRST);
    private static final Service DB_2_BESIDE = service("db", "2", 1, UpdateOrder.START_FIRST);
    private static final Service CACHE = service("cache", "1", 1, UpdateOrder.START_FIRST);
    private static final Service WORKER = knowingDb("1");
    private static final Service WORKER_WITHOUT = service("worker", "2", 1, UpdateOrder.START_FIRST);

    @Test
    void theFirstPlanGivesTheAddressAndTellsItToWhoNeedsIt() {
        List<Replica> started = started(plan(release(CACHE, WORKER, DB_1), emptyHost("dublin")));

        assertThat(started)
                .extracting(replica -> replica.service().name(), Replica::address, Replica::neighbours)
                .containsExactly(
                        tuple("cache", Optional.of("10.213.0.3"), Map.of()),
                        tuple("db", Optional.of("10.213.0.2"), Map.of()),
                        tuple("worker", Optional.of("10.213.0.4"), Map.of("db", "10.213.0.2")));
        assertThat(started.getLast().spec().networking().extraHosts())
                .containsExactly("db:10.213.0.2", "sql:10.213.0.2");
    }

    @Test
    void theNextContainerHasTheSameAddressAndWhoKnowsItIsNotTouched() {
        Plan plan = replacing(release(WORKER, DB_1), release(WORKER, DB_2));

        assertThat(started(plan)).extracting(Replica::address).containsExactly(Optional.of("10.213.0.9"));
        assertThat(StepText.of(plan))
                .containsExactly(
                        "first: dublin/local: fetch image example/db:2",
                        "wave 1 of 1: dublin",
                        "  dublin/local: stop shop-dublin-db-" + six(DB_1) + "-1",
                        "  dublin/local: start shop-dublin-db-" + six(DB_2) + "-1",
                        "  dublin/local: wait until shop-dublin-db-" + six(DB_2) + "-1 is healthy (up to 2m)",
                        "last, on all hosts at once: commit release "
                                + release(WORKER, DB_2).release());
    }

    @Test
    void goingBackStartsTheOldContainerAtTheAddressThatBothHad() {
        ContainerState stopped = ended(at("10.213.0.9", DB_1));
        Plan plan = plan(release(WORKER, DB_1), host(NETWORK, stopped, at("10.213.0.9", DB_2), worker("10.213.0.9")));

        assertThat(started(plan))
                .extracting(Replica::container, Replica::address, Replica::exists)
                .containsExactly(tuple(stopped.name(), Optional.of("10.213.0.9"), true));
    }

    @Test
    void aReleaseThatKnowsTheServiceForTheFirstTimeTakesTheAddressThatItHas() {
        ContainerState before = running("dublin", service("worker", "0", 1, UpdateOrder.START_FIRST), 1, "10.213.0.2");
        Plan plan = plan(release(WORKER, DB_2), host(NETWORK, before, at("10.213.0.9", DB_1)));

        assertThat(started(plan))
                .extracting(Replica::address)
                .containsExactly(Optional.of("10.213.0.9"), Optional.of("10.213.0.3"));
        assertThat(started(plan).getLast().neighbours()).isEqualTo(Map.of("db", "10.213.0.9"));
    }

    @Test
    void aContainerThatSomebodyRemovedComesBackWhereItIsKnown() {
        Plan plan = plan(release(CACHE, WORKER, DB_1), host(NETWORK, worker("10.213.0.2")));

        assertThat(started(plan))
                .extracting(replica -> replica.service().name(), Replica::address)
                .containsExactly(tuple("cache", Optional.of("10.213.0.3")), tuple("db", Optional.of("10.213.0.2")));
    }

    @Test
    void aServiceThatMayHaveTwoAddressesFromNowOnKeepsTheOneByWhichItIsStillKnown() {
        Plan plan = replacing(release(WORKER, DB_1), release(DB_2_BESIDE, WORKER_WITHOUT));

        assertThat(StepText.of(plan))
                .containsSubsequence(
                        "  dublin/local: stop shop-dublin-db-" + six(DB_1) + "-1",
                        "  dublin/local: start shop-dublin-db-" + six(DB_2) + "-1, shop-dublin-worker-"
                                + six(WORKER_WITHOUT) + "-1",
                        "  dublin/local: stop shop-dublin-worker-" + six(WORKER) + "-1");
        assertThat(started(plan).getFirst().address()).contains("10.213.0.9");
        assertThat(started(plan).getLast().neighbours()).isEmpty();
    }

    @Test
    void anAddressThatIsKnownIsNoOthersWhenItsServiceIsGone() {
        Plan plan = plan(release(CACHE, WORKER_WITHOUT), host(NETWORK, worker("10.213.0.2")));

        assertThat(started(plan))
                .extracting(Replica::address)
                .containsExactly(Optional.of("10.213.0.3"), Optional.of("10.213.0.4"));
    }

    @Test
    void aContainerWhoseKnowledgeIsNotTrueIsMadeAnew() {
        Plan plan = plan(release(WORKER, DB_1), host(NETWORK, at("10.213.0.2", DB_1), worker("10.213.0.9")));

        assertThat(StepText.of(plan))
                .containsExactly(
                        "first: dublin/local: fetch image example/worker:1",
                        "wave 1 of 1: dublin",
                        "  dublin/local: stop shop-dublin-worker-" + six(WORKER) + "-1",
                        "  dublin/local: remove shop-dublin-worker-" + six(WORKER) + "-1",
                        "  dublin/local: start shop-dublin-worker-" + six(WORKER) + "-1",
                        "  dublin/local: wait until shop-dublin-worker-" + six(WORKER) + "-1 is healthy (up to 2m)",
                        "last, on all hosts at once: commit release "
                                + release(WORKER, DB_1).release());
        assertThat(started(plan).getFirst().neighbours()).isEqualTo(Map.of("db", "10.213.0.2"));
    }

    @Test
    void anAddressThatTheNetworkDoesNotHaveIsNotKept() {
        Plan plan = plan(release(WORKER, DB_1), host("10.214.0.0/23", ended(worker("10.213.0.2"))));

        assertThat(started(plan))
                .extracting(Replica::address)
                .containsExactly(Optional.of("10.214.0.2"), Optional.of("10.214.0.3"));
        assertThat(started(plan).getLast().neighbours()).isEqualTo(Map.of("db", "10.214.0.2"));
    }

    private static Service knowingDb(String version) {
        Service plain = service("worker", version, 1, UpdateOrder.START_FIRST);
        Networking networking = plain.container().networking();
        return new Service(
                plain.name(),
                plain.hash(),
                plain.container().with(networking.with(List.of(new Neighbour("db", "default", List.of("db", "sql"))))),
                plain.replicas(),
                plain.order(),
                List.of(new Dependency("db", Dependency.Condition.STARTED)),
                plain.settle(),
                false);
    }

    private static Desired release(Service... services) {
        return dev.portolan.testing.Examples.release(List.of("dublin"), new TrafficSettings.None(), services);
    }

    private static Plan plan(Desired desired, HostState.Reachable host) {
        return plan(Optional.empty(), desired, host);
    }

    private static Plan replacing(Desired committed, Desired desired) {
        return plan(Optional.of(committed), desired, host(NETWORK, at("10.213.0.9", DB_1), worker("10.213.0.9")));
    }

    private static Plan plan(Optional<Desired> committed, Desired desired, HostState.Reachable host) {
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
                new Observed(Map.of(hostOf("dublin"), host), TrafficState.ABSENT));
    }

    private static HostState.Reachable host(String subnet, ContainerState... containers) {
        return new HostState.Reachable(
                "engine-dublin",
                Arrays.asList(containers),
                Map.of("default", subnet),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                ProxyState.ABSENT,
                Optional.empty());
    }

    private static ContainerState at(String address, Service service) {
        return running("dublin", service, 1, address);
    }

    private static ContainerState worker(String db) {
        ContainerState state = running("dublin", WORKER, 1, "10.213.0.20");
        return with(state, state.status(), Map.of("db", db));
    }

    private static ContainerState ended(ContainerState state) {
        return with(state, ContainerState.Status.EXITED, state.neighbours());
    }

    private static ContainerState with(
            ContainerState state, ContainerState.Status status, Map<String, String> neighbours) {
        return new ContainerState(
                state.id(),
                state.name(),
                state.service(),
                state.replica(),
                state.configHash(),
                state.release(),
                status,
                state.health(),
                state.exitCode(),
                state.address(),
                neighbours,
                state.created());
    }

    private static List<Replica> started(Plan plan) {
        return plan.steps()
                .filter(Step.Start.class::isInstance)
                .flatMap(step -> ((Step.Start) step).replicas().stream())
                .toList();
    }

    private static String six(Service service) {
        return service.hash().substring(0, 6);
    }
}
