package dev.portolan.plan;

import static dev.portolan.testing.Examples.NOON;
import static dev.portolan.testing.Examples.emptyHost;
import static dev.portolan.testing.Examples.hostOf;
import static dev.portolan.testing.Examples.running;
import static dev.portolan.testing.Examples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.model.ContainerState;
import dev.portolan.model.Desired;
import dev.portolan.model.HostState;
import dev.portolan.model.ImageSource;
import dev.portolan.model.Observed;
import dev.portolan.model.RestartPolicy;
import dev.portolan.model.RolloutSettings;
import dev.portolan.model.Service;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.TrafficState;
import dev.portolan.model.UpdateOrder;
import dev.portolan.model.UserError;
import dev.portolan.plan.Request.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Containers whose names the Compose file gives. */
class NamesTest {
    private static final Service WORKER_1 = named("the_worker", "1");
    private static final Service WORKER_2 = named("the_worker", "2");
    private static final String FIRST = "shop-dublin-worker-" + six(WORKER_1) + "-1";
    private static final String SECOND = "shop-dublin-worker-" + six(WORKER_2) + "-1";

    @Test
    void aContainerGetsItsNameWhenItsReleaseIsCommitted() {
        Desired desired = release(WORKER_1);

        assertThat(StepText.of(plan(Optional.empty(), desired, host())))
                .endsWith(
                        "  dublin/local: start " + FIRST,
                        "  dublin/local: wait until " + FIRST + " is healthy (up to 2m)",
                        "last, on all hosts at once: commit release " + desired.release(),
                        "  dublin/local: call " + FIRST + " the_worker");
    }

    @Test
    void theNextReleaseTakesTheNameOverAndTheOneBeforeHasItsOwnAgain() {
        Desired desired = release(WORKER_2);

        Plan plan = plan(Optional.of(release(WORKER_1)), desired, host(called("the_worker", WORKER_1)));

        assertThat(StepText.of(plan))
                .containsExactly(
                        "first: dublin/local: fetch image example/worker:2",
                        "wave 1 of 1: dublin",
                        "  dublin/local: start " + SECOND,
                        "  dublin/local: wait until " + SECOND + " is healthy (up to 2m)",
                        "  dublin/local: stop the_worker",
                        "last, on all hosts at once: commit release " + desired.release(),
                        "  dublin/local: call the_worker " + FIRST,
                        "  dublin/local: call " + SECOND + " the_worker");
        assertThat(plan.commits().getFirst().policies())
                .isEqualTo(Map.of("the_worker", RestartPolicy.NEVER, SECOND, RestartPolicy.ALWAYS));
    }

    @Test
    void aCommitThatWasCutOffGoesOnWithContainersByTheNamesTheyHaveNow() {
        Step.Commit commit = plan(
                        Optional.of(release(WORKER_1)), release(WORKER_2), host(called("the_worker", WORKER_1)))
                .commits()
                .getFirst();

        Step.Commit rest =
                commit.calledNow(Map.of("the_worker", FIRST), commit.names().subList(1, 2));

        assertThat(rest.policies()).isEqualTo(Map.of(FIRST, RestartPolicy.NEVER, SECOND, RestartPolicy.ALWAYS));
        assertThat(rest.names()).containsExactly(new Renaming(SECOND, "the_worker", "worker", WORKER_2.hash(), 1));
    }

    @Test
    void theWayBackGivesTheNameBack() {
        Plan plan = plan(
                Optional.of(release(WORKER_2)),
                release(WORKER_1),
                host(called("the_worker", WORKER_2), called(FIRST, WORKER_1)));

        assertThat(plan.commits().getFirst().names())
                .extracting(Renaming::from, Renaming::to)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("the_worker", SECOND),
                        org.assertj.core.api.Assertions.tuple(FIRST, "the_worker"));
    }

    @Test
    void aContainerThatIsCalledAsItShouldBeIsNotTouched() {
        Desired desired = release(WORKER_1);

        assertThat(plan(Optional.of(desired), desired, host(committed(desired), called("the_worker", WORKER_1)))
                        .steps())
                .isEmpty();
    }

    @Test
    void aNameAloneIsChangedWithoutMakingTheContainerAnew() {
        Desired desired = release(named("other", "1"));

        assertThat(StepText.of(plan(Optional.of(release(WORKER_1)), desired, host(called("the_worker", WORKER_1)))))
                .containsExactly(
                        "last, on all hosts at once: commit release " + desired.release(),
                        "  dublin/local: call the_worker other");
    }

    @Test
    void whatIsCleanedUpAfterTheCommitIsCalledByItsNewName() {
        Service broad = new Service(
                "worker",
                "abcdef012345",
                WORKER_1.container(),
                2,
                UpdateOrder.START_FIRST,
                List.of(),
                Duration.ZERO,
                false);
        Desired desired = keepingNothing(release(WORKER_2));

        Plan plan = plan(
                Optional.of(release(WORKER_1)),
                desired,
                host(called("the_worker", WORKER_1), running("dublin", broad, 2, "10.213.0.9")));

        assertThat(plan.cleanup().stream().flatMap(host -> host.steps().stream()))
                .noneMatch(step -> step.toString().contains("the_worker"));
    }

    @Test
    void aNameThatSomebodyElseHasIsSaidBeforeAnythingHappens() {
        HostState.Reachable empty = host();
        HostState.Reachable taken = new HostState.Reachable(
                empty.engine(),
                empty.containers(),
                empty.networks(),
                empty.routes(),
                empty.volumes(),
                empty.images(),
                empty.usedAddresses(),
                empty.proxy(),
                empty.committed(),
                Set.of(),
                Map.of(),
                Set.of("the_worker"),
                empty.engineApi(),
                empty.platform());

        assertThatThrownBy(() -> plan(Optional.empty(), release(WORKER_1), taken))
                .isInstanceOf(UserError.class)
                .hasMessage("containers that are not this app's have names that container_name gives: the_worker on"
                        + " dublin/local");
    }

    private static Service named(String name, String version) {
        Service plain = service("worker", version, 1, UpdateOrder.START_FIRST);
        return new Service(
                plain.name(),
                plain.hash(),
                plain.container(),
                1,
                plain.order(),
                plain.dependencies(),
                plain.settle(),
                false,
                Optional.of(name),
                List.of());
    }

    private static ContainerState called(String name, Service service) {
        ContainerState state = running("dublin", service, 1, "10.213.0.2");
        return new ContainerState(
                state.id(),
                name,
                state.service(),
                state.replica(),
                state.configHash(),
                state.release(),
                state.status(),
                state.health(),
                state.exitCode(),
                state.address(),
                state.neighbours(),
                state.created());
    }

    private static Desired release(Service... services) {
        return dev.portolan.testing.Examples.release(List.of("dublin"), new TrafficSettings.None(), services);
    }

    private static Desired keepingNothing(Desired plain) {
        RolloutSettings rollout = plain.rollout();
        return new Desired(
                plain.app(),
                plain.release(),
                plain.regions(),
                plain.primary(),
                plain.routes(),
                new RolloutSettings(
                        rollout.maxParallel(), rollout.monitor(), Duration.ZERO, rollout.drain(), rollout.healthy()),
                plain.traffic(),
                plain.workloads());
    }

    private static HostState.Reachable host(ContainerState... containers) {
        return host(Optional.empty(), containers);
    }

    private static Optional<Desired> committed(Desired release) {
        return Optional.of(release);
    }

    private static HostState.Reachable host(Optional<Desired> committed, ContainerState... containers) {
        HostState.Reachable empty = emptyHost("dublin");
        Set<ImageSource> images = Arrays.stream(containers)
                .map(container -> WORKER_1.container().image())
                .collect(Collectors.toSet());
        return new HostState.Reachable(
                empty.engine(),
                List.of(containers),
                Map.of("default", "10.213.0.0/23"),
                empty.routes(),
                empty.volumes(),
                images,
                empty.usedAddresses(),
                empty.proxy(),
                committed.map(Desired::release));
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

    private static String six(Service service) {
        return service.hash().substring(0, 6);
    }
}
