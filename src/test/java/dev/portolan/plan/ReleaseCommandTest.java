package dev.portolan.plan;

import static dev.portolan.testing.Examples.NOON;
import static dev.portolan.testing.Examples.emptyHost;
import static dev.portolan.testing.Examples.hostOf;
import static dev.portolan.testing.Examples.running;
import static dev.portolan.testing.Examples.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.Dependency;
import dev.portolan.model.Desired;
import dev.portolan.model.HostState;
import dev.portolan.model.Observed;
import dev.portolan.model.ReleaseCommand;
import dev.portolan.model.Service;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.TrafficState;
import dev.portolan.model.UpdateOrder;
import dev.portolan.testing.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReleaseCommandTest {
    private static final Service DB = service("db", "1", 1, UpdateOrder.STOP_FIRST);
    private static final Service CACHE = service("cache", "1", 1, UpdateOrder.START_FIRST);
    private static final ReleaseCommand MIGRATE =
            new ReleaseCommand("web", List.of("bin/rails", "db:migrate"), Duration.ofMinutes(5));
    private static final Desired RELEASE = release(service("web", "1", 1, UpdateOrder.START_FIRST));

    @Test
    void theCommandIsRunOnThePrimaryBeforeAnyWaveAndAfterWhatItsServiceDependsOn() {
        List<String> lines = StepText.of(plan(RELEASE, Request.Command.RUN, Request.Mode.FORWARD, nothing()));

        assertThat(lines.subList(0, lines.indexOf("wave 1 of 2: sydney")))
                .containsExactly(
                        "first: dublin/local: fetch image example/db:1",
                        "first: dublin/local: fetch image example/cache:1",
                        "first: dublin/local: fetch image example/web:1",
                        "first: sydney/local: fetch image example/db:1",
                        "first: sydney/local: fetch image example/cache:1",
                        "first: sydney/local: fetch image example/web:1",
                        "first: dublin/local: create network default (10.213.0.0/23)",
                        "first: dublin/local: start " + name(DB),
                        "first: dublin/local: wait until " + name(DB) + " is healthy (up to 2m)",
                        "first: dublin/local: run the release command in web: bin/rails db:migrate (up to 5m)");
        assertThat(lines).filteredOn(line -> line.contains("start " + name(DB))).hasSize(1);
        assertThat(lines)
                .filteredOn(line -> line.contains("start " + name(CACHE)))
                .hasSize(1);
    }

    @Test
    void whatItsServiceDependsOnStaysAsItIsWhereSomethingOfItRuns() {
        Service older = service("db", "0", 1, UpdateOrder.STOP_FIRST);
        HostState.Reachable dublin = with(emptyHost("dublin"), List.of(running("dublin", older, 1, "10.213.0.2")));

        Plan plan = plan(RELEASE, Request.Command.RUN, Request.Mode.FORWARD, observed(dublin));

        assertThat(plan.preparation())
                .extracting(StepText::of)
                .containsExactly("run the release command in web: bin/rails db:migrate (up to 5m)");
    }

    @Test
    void whatAnEarlierCommandLineHasBegunIsGoneOnWith() {
        Plan plan = plan(RELEASE, Request.Command.GO_ON, Request.Mode.FORWARD, nothing());

        assertThat(plan.preparation().getLast())
                .isEqualTo(new Step.RunReleaseCommand(
                        hostOf("dublin"),
                        RELEASE.workload("dublin").service("web").orElseThrow(),
                        MIGRATE,
                        true));
    }

    @Test
    void theWayBackRunsItOnlyWhereItIsAskedFor() {
        assertThat(plan(RELEASE, Request.Command.LEAVE_OUT, Request.Mode.BACK, nothing())
                        .steps())
                .noneMatch(Step.RunReleaseCommand.class::isInstance);
        assertThat(plan(RELEASE, Request.Command.RUN, Request.Mode.BACK, nothing())
                        .steps())
                .filteredOn(Step.RunReleaseCommand.class::isInstance)
                .hasSize(1);
    }

    @Test
    void theImageOfAServiceWithoutReplicasIsThereForItsCommand() {
        Desired release = release(service("web", "1", 0, UpdateOrder.START_FIRST));

        assertThat(plan(release, Request.Command.RUN, Request.Mode.FORWARD, nothing())
                        .images())
                .filteredOn(host -> host.host().equals(hostOf("dublin")))
                .flatExtracting(Plan.HostPlan::steps)
                .extracting(StepText::of)
                .contains("fetch image example/web:1");
    }

    private static Desired release(Service web) {
        Service dependent = new Service(
                web.name(),
                web.hash(),
                web.container(),
                web.replicas(),
                web.order(),
                List.of(new Dependency("db", Dependency.Condition.HEALTHY)),
                web.settle(),
                web.job());
        Desired release =
                Examples.release(List.of("dublin", "sydney"), new TrafficSettings.None(), DB, CACHE, dependent);
        return new Desired(
                release.app(),
                release.release(),
                release.regions(),
                release.primary(),
                release.routes(),
                release.rollout(),
                release.traffic(),
                release.workloads(),
                Optional.of(MIGRATE));
    }

    private static Plan plan(Desired release, Request.Command command, Request.Mode mode, Observed observed) {
        return Planner.plan(
                new Request(
                        release,
                        Optional.empty(),
                        Optional.empty(),
                        Instant.EPOCH,
                        Optional.empty(),
                        Set.of(),
                        NOON,
                        mode,
                        command),
                observed);
    }

    private static Observed nothing() {
        return observed(emptyHost("dublin"));
    }

    private static Observed observed(HostState.Reachable dublin) {
        return new Observed(
                Map.of(hostOf("dublin"), dublin, hostOf("sydney"), emptyHost("sydney")), TrafficState.ABSENT);
    }

    private static HostState.Reachable with(
            HostState.Reachable host, List<dev.portolan.model.ContainerState> containers) {
        return new HostState.Reachable(
                host.engine(),
                containers,
                Map.of("default", "10.213.0.0/23"),
                host.routes(),
                host.volumes(),
                host.images(),
                host.usedAddresses(),
                host.proxy(),
                host.committed());
    }

    private static String name(Service service) {
        return Replica.nameOf("shop", "dublin", service, 1);
    }
}
