package dev.portolan.plan;

import static dev.portolan.testing.Examples.NOON;
import static dev.portolan.testing.Examples.emptyHost;
import static dev.portolan.testing.Examples.hostOf;
import static dev.portolan.testing.Examples.release;
import static dev.portolan.testing.Examples.running;
import static dev.portolan.testing.Examples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerState;
import dev.portolan.model.Desired;
import dev.portolan.model.Endpoint;
import dev.portolan.model.Fingerprint;
import dev.portolan.model.HostId;
import dev.portolan.model.HostState;
import dev.portolan.model.ImageSource;
import dev.portolan.model.Observed;
import dev.portolan.model.Pools;
import dev.portolan.model.ProxySettings;
import dev.portolan.model.ProxyState;
import dev.portolan.model.ReleaseId;
import dev.portolan.model.RestartPolicy;
import dev.portolan.model.Route;
import dev.portolan.model.Service;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.TrafficState;
import dev.portolan.model.UpdateOrder;
import dev.portolan.model.UserError;
import dev.portolan.plan.Request.Mode;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final TrafficSettings EDGE = new TrafficSettings.Edge(8080);
    private static final List<String> THREE = List.of("dublin", "sfo", "sydney");

    private static final Service WEB_1 = service("web", "1", 2, UpdateOrder.START_FIRST);
    private static final Service WEB_2 = service("web", "2", 2, UpdateOrder.START_FIRST);
    private static final Service WORKER_1 = service("worker", "1", 1, UpdateOrder.START_FIRST);
    private static final Service WORKER_2 = service("worker", "2", 1, UpdateOrder.START_FIRST);
    private static final Service CACHE = service("cache", "1", 1, UpdateOrder.START_FIRST);

    @Test
    void theFirstDeployMakesEverythingSecondariesFirstThenThePrimary() {
        Desired desired = release(List.of("dublin", "sydney"), EDGE, WEB_1);
        Observed nothing = new Observed(
                Map.of(hostOf("dublin"), emptyHost("dublin"), hostOf("sydney"), emptyHost("sydney")),
                TrafficState.ABSENT);

        assertThat(StepText.of(plan(desired, Optional.empty(), nothing)))
                .containsExactly(
                        "first: dublin/local: fetch image example/web:1",
                        "first: sydney/local: fetch image example/web:1",
                        "first: set up the edge for 2 regions",
                        "wave 1 of 2: sydney",
                        "  sydney/local: create network default (10.213.0.0/23)",
                        "  sydney/local: set up the proxy on 127.0.0.1:8082",
                        "  sydney/local: start shop-sydney-web-" + six(WEB_1) + "-1, shop-sydney-web-" + six(WEB_1)
                                + "-2",
                        "  sydney/local: wait until shop-sydney-web-" + six(WEB_1) + "-1, shop-sydney-web-" + six(WEB_1)
                                + "-2 are healthy (up to 2m)",
                        "  sydney/local: cut over web to shop-sydney-web-" + six(WEB_1) + "-1, shop-sydney-web-"
                                + six(WEB_1) + "-2",
                        "wave 2 of 2: dublin",
                        "  dublin/local: create network default (10.213.0.0/23)",
                        "  dublin/local: set up the proxy on 127.0.0.1:8081",
                        "  dublin/local: start shop-dublin-web-" + six(WEB_1) + "-1, shop-dublin-web-" + six(WEB_1)
                                + "-2",
                        "  dublin/local: wait until shop-dublin-web-" + six(WEB_1) + "-1, shop-dublin-web-" + six(WEB_1)
                                + "-2 are healthy (up to 2m)",
                        "  dublin/local: cut over web to shop-dublin-web-" + six(WEB_1) + "-1, shop-dublin-web-"
                                + six(WEB_1) + "-2",
                        "last, on all hosts at once: commit release " + desired.release());
    }

    @Test
    void whatIsAsAskedIsNotTouched() {
        Desired desired = release(THREE, EDGE, WEB_1, WORKER_1);

        assertThat(plan(desired, Optional.of(desired), serving(desired)).steps())
                .isEmpty();
    }

    @Test
    void anUnchangedServiceIsUntouchedWhileAnotherIsReplaced() {
        Desired old = release(THREE, EDGE, WEB_1, CACHE);
        Desired desired = release(THREE, EDGE, WEB_2, CACHE);

        assertThat(StepText.of(plan(desired, Optional.of(old), serving(old))))
                .isNotEmpty()
                .noneMatch(line -> line.contains("cache"));
    }

    @Test
    void theSecondariesMoveTogetherAndThePrimaryLast() {
        Desired old = release(THREE, EDGE, WEB_1);
        Desired desired = release(THREE, EDGE, WEB_2);

        assertThat(plan(desired, Optional.of(old), serving(old)).waves())
                .extracting(wave ->
                        wave.regions().stream().map(Plan.RegionPlan::region).toList())
                .containsExactly(List.of("sfo", "sydney"), List.of("dublin"));
    }

    @Test
    void newContainersGetAddressesThatNoOtherHas() {
        Desired old = release(List.of("dublin"), EDGE, WEB_1);
        Desired desired = release(List.of("dublin"), EDGE, WEB_2);

        List<String> addresses = plan(desired, Optional.of(old), serving(old))
                .steps()
                .filter(Step.Start.class::isInstance)
                .flatMap(step -> ((Step.Start) step).replicas().stream())
                .map(replica -> replica.address().orElseThrow())
                .toList();

        assertThat(addresses).containsExactly("10.213.0.4", "10.213.0.5");
    }

    @Test
    void anAddressThatTheAppGivesIsItsContainersAndNobodyElses() {
        Service plain = service("db", "1", 1, UpdateOrder.STOP_FIRST);
        var asked = new Endpoint("10.213.0.2", "", List.of(), "", Map.of(), 0, "");
        var networking = new ContainerSpec.Networking(
                List.of(new ContainerSpec.NetworkAttachment("default", List.of(), Optional.of(asked))),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of());
        Service db = new Service(
                plain.name(),
                plain.hash(),
                plain.container().with(networking),
                1,
                plain.order(),
                List.of(),
                plain.settle(),
                false);
        Desired desired = release(List.of("dublin"), EDGE, WEB_1, db);

        assertThat(plan(
                                desired,
                                Optional.empty(),
                                new Observed(Map.of(hostOf("dublin"), emptyHost("dublin")), TrafficState.ABSENT))
                        .steps()
                        .filter(Step.Start.class::isInstance)
                        .flatMap(step -> ((Step.Start) step).replicas().stream())
                        .map(replica -> replica.service().name() + " "
                                + replica.address().orElseThrow()))
                .containsExactlyInAnyOrder("web 10.213.0.3", "web 10.213.0.4", "db 10.213.0.2");
    }

    @Test
    void anAddressThatTheProxyStillKnowsIsNobodyElses() {
        Desired old = release(List.of("dublin"), EDGE, WEB_1);
        HostState.Reachable before = host(old, "dublin", 2);
        HostState.Reachable containersRemovedByHand = new HostState.Reachable(
                before.engine(),
                List.of(),
                before.networks(),
                before.routes(),
                before.volumes(),
                before.images(),
                Set.of(),
                new ProxyState(
                        true,
                        before.proxy().settingsHash(),
                        Map.of(
                                "web",
                                new ProxyState.RouteState(Set.of("10.213.0.2:3000"), List.of("10.213.0.3:3000")))),
                before.committed());
        Observed observed = new Observed(
                Map.of(hostOf("dublin"), containersRemovedByHand), serving(old).traffic());

        List<Optional<String>> addresses = plan(old, Optional.of(old), observed)
                .steps()
                .filter(Step.Start.class::isInstance)
                .flatMap(step -> ((Step.Start) step).replicas().stream())
                .map(Replica::address)
                .toList();

        assertThat(addresses).containsExactly(Optional.of("10.213.0.4"), Optional.of("10.213.0.5"));
    }

    @Test
    void aWorkerOfTheOldReleaseStopsAsSoonAsTheNewOneIsHealthy() {
        Desired old = release(List.of("dublin"), EDGE, WEB_1, WORKER_1);
        Desired desired = release(List.of("dublin"), EDGE, WEB_1, WORKER_2);

        assertThat(StepText.of(plan(desired, Optional.of(old), serving(old))))
                .containsExactly(
                        "first: dublin/local: fetch image example/worker:2",
                        "wave 1 of 1: dublin",
                        "  dublin/local: start shop-dublin-worker-" + six(WORKER_2) + "-1",
                        "  dublin/local: wait until shop-dublin-worker-" + six(WORKER_2) + "-1 is healthy (up to 2m)",
                        "  dublin/local: stop shop-dublin-worker-" + six(WORKER_1) + "-1",
                        "last, on all hosts at once: commit release " + desired.release());
    }

    @Test
    void aStopFirstServiceWithARouteIsReplacedWhileItsReadersAreElsewhere() {
        Service web1 = service("web", "1", 1, UpdateOrder.STOP_FIRST);
        Service web2 = service("web", "2", 1, UpdateOrder.STOP_FIRST);
        Desired old = release(List.of("dublin", "sydney"), EDGE, web1);
        Desired desired = release(List.of("dublin", "sydney"), EDGE, web2);

        assertThat(StepText.of(plan(desired, Optional.of(old), serving(old))))
                .containsSubsequence(
                        "wave 1 of 2: sydney, then watched for 10s",
                        "  sydney: send the readers of sydney to the next nearest region (up to 30s)",
                        "  sydney/local: drain shop-sydney-web-" + six(web1) + "-1 (up to 30s)",
                        "  sydney/local: stop shop-sydney-web-" + six(web1) + "-1",
                        "  sydney/local: start shop-sydney-web-" + six(web2) + "-1",
                        "  sydney/local: wait until shop-sydney-web-" + six(web2) + "-1 is healthy (up to 2m)",
                        "  sydney/local: cut over web to shop-sydney-web-" + six(web2) + "-1",
                        "  sydney: send sydney its readers again",
                        "wave 2 of 2: dublin, then watched for 10s");
    }

    @Test
    void aStopFirstServiceThatNobodyCanStandInForIsSaidBefore() {
        Desired old = release(List.of("dublin"), EDGE, service("web", "1", 1, UpdateOrder.STOP_FIRST));
        Desired desired = release(List.of("dublin"), EDGE, service("web", "2", 1, UpdateOrder.STOP_FIRST));

        assertThat(plan(desired, Optional.of(old), serving(old)).warnings())
                .singleElement()
                .asString()
                .contains("dublin")
                .contains("requests will fail");
    }

    @Test
    void goingBackCutsOverEverywhereAtOnceBeforeAnythingElse() {
        Desired old = release(THREE, EDGE, WEB_1, WORKER_1);
        Desired broken = release(THREE, EDGE, WEB_2, WORKER_2);
        Observed halfway = halfway(old, broken, "sydney");

        Plan back = Planner.plan(
                new Request(
                        old,
                        Optional.of(old),
                        Optional.empty(),
                        Instant.EPOCH,
                        Optional.of(broken),
                        Set.of(),
                        NOON,
                        Mode.BACK),
                halfway);

        assertThat(StepText.of(back))
                .containsExactly(
                        "wave 1 of 1: sydney",
                        "  sydney/local: cut over web to shop-sydney-web-" + six(WEB_1) + "-1, shop-sydney-web-"
                                + six(WEB_1) + "-2",
                        "  sydney/local: stop shop-sydney-worker-" + six(WORKER_2) + "-1",
                        "  sydney/local: remove shop-sydney-worker-" + six(WORKER_2) + "-1",
                        "  sydney/local: start again shop-sydney-worker-" + six(WORKER_1) + "-1",
                        "  sydney/local: drain shop-sydney-web-" + six(WEB_2) + "-1, shop-sydney-web-" + six(WEB_2)
                                + "-2 (up to 30s)",
                        "  sydney/local: stop shop-sydney-web-" + six(WEB_2) + "-1, shop-sydney-web-" + six(WEB_2)
                                + "-2",
                        "  sydney/local: remove shop-sydney-web-" + six(WEB_2) + "-1, shop-sydney-web-" + six(WEB_2)
                                + "-2",
                        "last, on all hosts at once: commit release " + old.release());
    }

    @Test
    void theReleaseBeforeIsLeftAloneWhileItIsKeptAndStoppedAfterThat() {
        Desired old = release(List.of("dublin"), EDGE, WEB_1, CACHE);
        Desired desired = release(List.of("dublin"), EDGE, WEB_2, CACHE);
        Observed both = beside(desired, old);

        assertThat(planKeeping(desired, old, NOON.plusSeconds(60), both).steps())
                .isEmpty();
        assertThat(StepText.of(planKeeping(desired, old, NOON.minusSeconds(60), both)))
                .containsExactly(
                        "wave 1 of 1: dublin",
                        "  dublin/local: drain shop-dublin-web-" + six(WEB_1) + "-1, shop-dublin-web-" + six(WEB_1)
                                + "-2 (up to 30s)",
                        "  dublin/local: stop shop-dublin-web-" + six(WEB_1) + "-1, shop-dublin-web-" + six(WEB_1)
                                + "-2",
                        "last, on all hosts at once: commit release " + desired.release());
    }

    @Test
    void theKeptReleaseOutlivesANewRolloutAndGoesWhenThatIsCommitted() {
        Desired kept = release(List.of("dublin"), EDGE, WEB_1);
        Desired committed = release(List.of("dublin"), EDGE, WEB_2);
        Desired desired = release(List.of("dublin"), EDGE, service("web", "3", 2, UpdateOrder.START_FIRST));

        Plan plan = Planner.plan(
                new Request(
                        desired,
                        Optional.of(committed),
                        Optional.of(kept),
                        NOON.plusSeconds(60),
                        Optional.empty(),
                        Set.of(),
                        NOON,
                        Mode.FORWARD),
                beside(committed, kept));

        assertThat(StepText.of(plan))
                .endsWith(
                        "last, on all hosts at once: commit release " + desired.release(),
                        "after that, dublin/local: drain shop-dublin-web-" + six(WEB_1) + "-1, shop-dublin-web-"
                                + six(WEB_1) + "-2 (up to 30s)",
                        "after that, dublin/local: stop shop-dublin-web-" + six(WEB_1) + "-1, shop-dublin-web-"
                                + six(WEB_1) + "-2",
                        "after that, dublin/local: remove shop-dublin-web-" + six(WEB_1) + "-1, shop-dublin-web-"
                                + six(WEB_1) + "-2");
        assertThat(plan.waves().toString()).doesNotContain(six(WEB_1));
    }

    @Test
    void whatServesIsCutOverToAnewWhenItsRouteIsCheckedByAnotherPath() {
        Desired old = release(List.of("dublin"), EDGE, WEB_1);
        Desired desired = routed(old, new Route.Http(Route.ANY_HOST, "web", 3000, "/healthy", Optional.empty()));

        assertThat(StepText.of(plan(desired, Optional.of(old), serving(old))))
                .containsExactly(
                        "first: set up the edge for 1 regions",
                        "wave 1 of 1: dublin, then watched for 10s",
                        "  dublin/local: set up the proxy on 127.0.0.1:8081",
                        "  dublin/local: cut over web to shop-dublin-web-" + six(WEB_1) + "-1, shop-dublin-web-"
                                + six(WEB_1) + "-2",
                        "last, on all hosts at once: commit release " + desired.release());
    }

    @Test
    void allRoutesToAServiceAreCutOverTogetherAndItsContainersDrainFromThoseOfBothReleases() {
        Desired old = routed(release(List.of("dublin"), EDGE, WEB_1), new Route.Tcp(2222, "web", 22));
        Service replaced = service("web", "2", 1, UpdateOrder.STOP_FIRST);
        Desired desired = routed(
                release(List.of("dublin"), EDGE, replaced),
                new Route.Http(Route.ANY_HOST, "web", 3000, "/up", Optional.empty()),
                new Route.Tcp(9418, "web", 9418));

        Plan plan = plan(desired, Optional.of(old), serving(old));

        assertThat(StepText.of(plan))
                .containsExactly(
                        "first: dublin/local: fetch image example/web:2",
                        "first: set up the edge for 1 regions",
                        "wave 1 of 1: dublin, then watched for 10s",
                        "  dublin/local: set up the proxy on 127.0.0.1:8081, 127.0.0.1:9419",
                        "  dublin/local: drain shop-dublin-web-" + six(WEB_1) + "-1, shop-dublin-web-" + six(WEB_1)
                                + "-2 (up to 30s)",
                        "  dublin/local: stop shop-dublin-web-" + six(WEB_1) + "-1, shop-dublin-web-" + six(WEB_1)
                                + "-2",
                        "  dublin/local: start shop-dublin-web-" + six(replaced) + "-1",
                        "  dublin/local: wait until shop-dublin-web-" + six(replaced) + "-1 is healthy (up to 2m)",
                        "  dublin/local: cut over web to shop-dublin-web-" + six(replaced) + "-1",
                        "last, on all hosts at once: commit release " + desired.release());
        assertThat(plan.steps().filter(Step.Drain.class::isInstance))
                .singleElement()
                .extracting(step -> ((Step.Drain) step)
                        .servers().stream()
                                .map(server -> server.address() + ":" + server.port())
                                .toList())
                .isEqualTo(List.of(
                        "10.213.0.2:3000",
                        "10.213.0.2:9418",
                        "10.213.0.2:22",
                        "10.213.0.3:3000",
                        "10.213.0.3:9418",
                        "10.213.0.3:22"));
        assertThat(plan.steps().filter(Step.CutOver.class::isInstance))
                .singleElement()
                .extracting(step -> ((Step.CutOver) step).ports())
                .isEqualTo(List.of(3000, 9418));
    }

    @Test
    void aServiceThatServesByOneOfItsRoutesOnlyIsCutOver() {
        Desired desired = routed(
                release(List.of("dublin"), EDGE, WEB_1),
                new Route.Http(Route.ANY_HOST, "web", 3000, "/up", Optional.empty()),
                new Route.Tcp(2222, "web", 22));

        assertThat(StepText.of(plan(desired, Optional.of(desired), serving(desired))))
                .containsExactly(
                        "wave 1 of 1: dublin, then watched for 10s",
                        "  dublin/local: cut over web to shop-dublin-web-" + six(WEB_1) + "-1, shop-dublin-web-"
                                + six(WEB_1) + "-2",
                        "last, on all hosts at once: commit release " + desired.release());
    }

    @Test
    void aCommitLetsOnlyTheNewContainersComeBackAfterAPowerCut() {
        Desired old = release(List.of("dublin"), EDGE, WEB_1, CACHE);
        Desired desired = release(List.of("dublin"), EDGE, WEB_2, CACHE);

        Step.Commit commit =
                plan(desired, Optional.of(old), serving(old)).commits().getFirst();

        assertThat(commit.policies())
                .containsEntry("shop-dublin-web-" + six(WEB_1) + "-1", RestartPolicy.NEVER)
                .containsEntry("shop-dublin-web-" + six(WEB_1) + "-2", RestartPolicy.NEVER)
                .containsEntry("shop-dublin-web-" + six(WEB_2) + "-1", RestartPolicy.ALWAYS)
                .containsEntry("shop-dublin-web-" + six(WEB_2) + "-2", RestartPolicy.ALWAYS)
                .containsEntry("shop-dublin-cache-" + six(CACHE) + "-1", RestartPolicy.ALWAYS)
                .hasSize(5);
    }

    @Test
    void aHostThatDoesNotAnswerStopsThePlanBeforeAnythingIsChanged() {
        Desired desired = release(List.of("dublin"), EDGE, WEB_1);
        Observed dead = new Observed(
                Map.of(hostOf("dublin"), new HostState.Unreachable("connection refused")), TrafficState.ABSENT);

        assertThatThrownBy(() -> plan(desired, Optional.empty(), dead))
                .isInstanceOf(UserError.class)
                .hasMessage("host dublin/local does not answer: connection refused");
    }

    /** The release with other routes, which make another release of it. */
    private static Desired routed(Desired release, Route... routes) {
        return new Desired(
                release.app(),
                new ReleaseId(Fingerprint.of(release.release() + Arrays.toString(routes))
                        .substring(0, 10)),
                release.regions(),
                release.primary(),
                List.of(routes),
                release.rollout(),
                release.traffic(),
                release.workloads());
    }

    private static Plan plan(Desired desired, Optional<Desired> committed, Observed observed) {
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
                observed);
    }

    private static Plan planKeeping(Desired desired, Desired old, Instant until, Observed observed) {
        return Planner.plan(
                new Request(
                        desired,
                        Optional.of(desired),
                        Optional.of(old),
                        until,
                        Optional.empty(),
                        Set.of(),
                        NOON,
                        Mode.FORWARD),
                observed);
    }

    /** Every host serves the release, and only it. */
    static Observed serving(Desired release) {
        Map<HostId, HostState> hosts = new HashMap<>();
        release.regions().forEach(region -> hosts.put(hostOf(region.name()), host(release, region.name(), 2)));
        return new Observed(hosts, new TrafficState(true, Pools.of(release).hash(), Map.of()));
    }

    /** Every host serves the release, and the containers of another one run drained. */
    private static Observed beside(Desired release, Desired other) {
        Map<HostId, HostState> hosts = new HashMap<>(serving(release).hosts());
        release.regions()
                .forEach(region -> hosts.computeIfPresent(
                        hostOf(region.name()),
                        (id, state) -> merge((HostState.Reachable) state, host(other, region.name(), 100))));
        return new Observed(hosts, serving(release).traffic());
    }

    /** One region has cut over to the next release; its old worker is stopped. */
    private static Observed halfway(Desired old, Desired next, String region) {
        Map<HostId, HostState> hosts = new HashMap<>(serving(old).hosts());
        HostState.Reachable before = host(old, region, 2);
        HostState.Reachable after = host(next, region, 100);
        HostState.Reachable stoppedWorker = new HostState.Reachable(
                before.engine(),
                before.containers().stream()
                        .map(container -> container.service().equals("worker") ? stopped(container) : container)
                        .toList(),
                before.networks(),
                before.routes(),
                before.volumes(),
                before.images(),
                before.usedAddresses(),
                after.proxy(),
                before.committed());
        hosts.put(hostOf(region), merge(stoppedWorker, after));
        return new Observed(hosts, serving(old).traffic());
    }

    private static HostState.Reachable merge(HostState.Reachable state, HostState.Reachable other) {
        Set<ContainerState> containers = new java.util.LinkedHashSet<>(state.containers());
        other.containers().stream()
                .filter(container ->
                        containers.stream().noneMatch(known -> known.name().equals(container.name())))
                .toList()
                .forEach(containers::add);
        return new HostState.Reachable(
                state.engine(),
                List.copyOf(containers),
                state.networks(),
                state.routes(),
                state.volumes(),
                state.images(),
                state.usedAddresses(),
                state.proxy(),
                state.committed());
    }

    private static HostState.Reachable host(Desired release, String region, int firstAddress) {
        List<ContainerState> containers = new java.util.ArrayList<>();
        Set<String> inService = new HashSet<>();
        Set<ImageSource> images = new HashSet<>();
        int next = firstAddress;
        for (Service service : release.workload(region).services()) {
            images.add(service.container().image());
            for (int replica = 1; replica <= service.replicas(); replica++) {
                String address = "10.213.0." + next++;
                containers.add(running(region, service, replica, address));
                if (service.name().equals("web")) {
                    inService.add(address + ":3000");
                }
            }
        }
        ProxySettings settings =
                ProxySettings.of(release, release.region(region).hosts().getFirst());
        return new HostState.Reachable(
                "engine-" + region,
                containers,
                Map.of("default", "10.213.0.0/23"),
                Set.of(),
                Set.of(),
                images,
                Set.of(),
                new ProxyState(true, settings.hash(), Map.of("web", new ProxyState.RouteState(inService, List.of()))),
                Optional.of(release.release()));
    }

    private static ContainerState stopped(ContainerState running) {
        return new ContainerState(
                running.id(),
                running.name(),
                running.service(),
                running.replica(),
                running.configHash(),
                running.release(),
                ContainerState.Status.EXITED,
                ContainerState.Health.NONE,
                Optional.of(0),
                running.address(),
                running.neighbours(),
                running.created());
    }

    private static String six(Service service) {
        return service.hash().substring(0, 6);
    }
}
