package dev.portolan.plan;

import static dev.portolan.testing.Examples.NOON;
import static dev.portolan.testing.Examples.emptyHost;
import static dev.portolan.testing.Examples.release;
import static dev.portolan.testing.Examples.running;
import static dev.portolan.testing.Examples.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerSpec.Mount;
import dev.portolan.model.Desired;
import dev.portolan.model.Host;
import dev.portolan.model.HostAddress;
import dev.portolan.model.HostId;
import dev.portolan.model.HostState;
import dev.portolan.model.NetworkSpec;
import dev.portolan.model.Observed;
import dev.portolan.model.Region;
import dev.portolan.model.ReleaseId;
import dev.portolan.model.Service;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.TrafficState;
import dev.portolan.model.UpdateOrder;
import dev.portolan.model.VolumeSpec;
import dev.portolan.model.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A region with two machines, of which only one has the service {@code db}, by its label. */
class PlacementTest {
    private static final HostId FIRST = new HostId("dublin", "10.1.0.11");
    private static final HostId SECOND = new HostId("dublin", "10.1.0.12");
    private static final Service WORKER = service("worker", "1", 1, UpdateOrder.START_FIRST);
    private static final Service DB = writing(service("db", "1", 1, UpdateOrder.STOP_FIRST));

    private static Service writing(Service plain) {
        ContainerSpec spec = plain.container();
        return plain.with(
                spec.with(new ContainerSpec.Storage(
                        List.of(new Mount(Mount.Kind.VOLUME, "data", "/data", false)), List.of(), Map.of(), false)),
                plain.hash());
    }

    private static Service on(List<String> hosts, Service plain) {
        return new Service(
                plain.name(),
                plain.hash(),
                plain.container(),
                plain.replicas(),
                plain.order(),
                plain.dependencies(),
                plain.settle(),
                plain.job(),
                plain.containerName(),
                hosts);
    }

    private static Desired shop(String name, Service... services) {
        Desired one = release(List.of("dublin"), new TrafficSettings.None(), services);
        Region dublin = one.region("dublin");
        return new Desired(
                one.app(),
                new ReleaseId(name),
                List.of(new Region("dublin", dublin.place(), List.of(host(FIRST), host(SECOND)))),
                one.primary(),
                List.of(),
                one.rollout(),
                one.traffic(),
                Map.of(
                        "dublin",
                        new Workload(
                                "shop",
                                List.of(services),
                                List.of(new NetworkSpec("default", Optional.empty(), false, false, Map.of(), Map.of())),
                                List.of(new VolumeSpec("data", "local", Map.of(), Map.of(), true)))));
    }

    private static String name(Service service) {
        return Replica.nameOf("shop", "dublin", service, 1);
    }

    private static Host host(HostId id) {
        return new Host(id, new HostAddress.Ssh(Optional.of("deploy"), id.name(), Optional.empty(), Optional.empty()));
    }

    private static List<String> plan(Desired desired, Optional<Desired> committed, Observed observed) {
        return StepText.of(Planner.plan(
                new Request(
                        desired,
                        committed,
                        Optional.empty(),
                        NOON,
                        Optional.empty(),
                        Set.of(),
                        NOON,
                        Request.Mode.FORWARD),
                observed));
    }

    private static HostState.Reachable state(String engine, List<Service> services, ReleaseId committed) {
        HostState.Reachable empty = emptyHost(engine);
        return new HostState.Reachable(
                empty.engine(),
                services.stream()
                        .map(service -> running("dublin", service, 1, "10.213.0." + (services.indexOf(service) + 2)))
                        .toList(),
                Map.of("default", "10.213.0.0/23"),
                Set.of(),
                Set.of("data"),
                Set.of(DB.container().image(), WORKER.container().image()),
                Set.of(),
                empty.proxy(),
                Optional.of(committed));
    }

    @Test
    void aHostHasNothingOfAServiceThatIsNotPlacedThere() {
        Desired desired = shop("1111111111", WORKER, on(List.of("10.1.0.11"), DB));
        // the second host has no volume "data", which is external: only the service that is not there would need it
        HostState.Reachable first = emptyHost("one");
        Observed nothing = new Observed(
                Map.of(
                        FIRST,
                        new HostState.Reachable(
                                first.engine(),
                                List.of(),
                                Map.of(),
                                Set.of(),
                                Set.of("data"),
                                Set.of(),
                                Set.of(),
                                first.proxy(),
                                Optional.empty()),
                        SECOND,
                        emptyHost("two")),
                TrafficState.ABSENT);

        assertThat(plan(desired, Optional.empty(), nothing))
                .containsExactly(
                        "first: dublin/10.1.0.11: fetch image example/worker:1",
                        "first: dublin/10.1.0.11: fetch image example/db:1",
                        "first: dublin/10.1.0.12: fetch image example/worker:1",
                        "wave 1 of 1: dublin",
                        "  dublin/10.1.0.11: create network default (10.213.0.0/23)",
                        "  dublin/10.1.0.11: start " + name(WORKER) + ", " + name(DB),
                        "  dublin/10.1.0.11: wait until " + name(WORKER) + ", " + name(DB) + " are healthy (up to 2m)",
                        "  dublin/10.1.0.12: create network default (10.213.0.0/23)",
                        "  dublin/10.1.0.12: start " + name(WORKER),
                        "  dublin/10.1.0.12: wait until " + name(WORKER) + " is healthy (up to 2m)",
                        "last, on all hosts at once: commit release 1111111111");
    }

    @Test
    void aServiceThatMovesToAnotherHostLeavesTheOneItWasOn() {
        Desired old = shop("1111111111", WORKER, on(List.of("10.1.0.11"), DB));
        Desired desired = shop("2222222222", WORKER, on(List.of("10.1.0.12"), DB));
        Observed observed = new Observed(
                Map.of(
                        FIRST, state("one", List.of(WORKER, DB), old.release()),
                        SECOND, state("two", List.of(WORKER), old.release())),
                TrafficState.ABSENT);

        assertThat(plan(desired, Optional.of(old), observed))
                .containsExactly(
                        "wave 1 of 1: dublin",
                        "  dublin/10.1.0.11: stop " + name(DB),
                        "  dublin/10.1.0.12: start " + name(DB),
                        "  dublin/10.1.0.12: wait until " + name(DB) + " is healthy (up to 2m)",
                        "last, on all hosts at once: commit release 2222222222");
    }
}
