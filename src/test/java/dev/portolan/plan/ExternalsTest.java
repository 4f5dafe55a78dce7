package dev.portolan.plan;

import static dev.portolan.testing.Examples.NOON;
import static dev.portolan.testing.Examples.emptyHost;
import static dev.portolan.testing.Examples.release;
import static dev.portolan.testing.Examples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.model.Desired;
import dev.portolan.model.Host;
import dev.portolan.model.HostAddress;
import dev.portolan.model.HostId;
import dev.portolan.model.HostState;
import dev.portolan.model.NetworkSpec;
import dev.portolan.model.Observed;
import dev.portolan.model.Region;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.TrafficState;
import dev.portolan.model.UpdateOrder;
import dev.portolan.model.UserError;
import dev.portolan.model.VolumeSpec;
import dev.portolan.model.Workload;
import dev.portolan.plan.Externals.Missing;
import dev.portolan.plan.Request.Mode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Networks and volumes that somebody else makes. */
class ExternalsTest {
    private static final HostId DUBLIN = new HostId("dublin", "10.1.0.11");
    private static final HostId SYDNEY = new HostId("sydney", "local");
    private static final Desired DESIRED = desired();

    @Test
    void whatAnyHostLacksIsSaidForAllHostsAtOnceBeforeAnythingHappens() {
        Observed observed =
                observed(Map.of(DUBLIN, host("one", Set.of(), Set.of()), SYDNEY, host("two", Set.of(), Set.of())));

        assertThatThrownBy(() -> plan(Mode.FORWARD, observed)).isInstanceOfSatisfying(UserError.class, error -> {
            assertThat(error.message())
                    .isEqualTo("the Compose file says that these are made by somebody else (external: true), and"
                            + " they are not there: the network proxies on dublin/10.1.0.11, the volume uploads on"
                            + " dublin/10.1.0.11, the network proxies on sydney/local, the volume uploads on"
                            + " sydney/local");
            assertThat(error.remedy())
                    .isEqualTo("nothing was changed; make them with: ssh deploy@10.1.0.11 docker network"
                            + " create proxies && ssh deploy@10.1.0.11 docker volume create uploads && docker"
                            + " network create proxies && docker volume create uploads");
        });
    }

    @Test
    void regionsThatShareAnEngineLackItOnce() {
        Observed observed = observed(Map.of(
                DUBLIN, host("one", Set.of(), Set.of("uploads")), SYDNEY, host("one", Set.of(), Set.of("uploads"))));

        assertThat(Externals.missing(DESIRED, observed))
                .containsExactly(new Missing(
                        "network", "proxies", DUBLIN, "ssh deploy@10.1.0.11 docker network create proxies"));
    }

    @Test
    void whatIsThereIsNeitherMissingNorMade() {
        Observed observed = observed(Map.of(
                DUBLIN,
                host("one", Set.of("proxies"), Set.of("uploads")),
                SYDNEY,
                host("two", Set.of("proxies"), Set.of("uploads"))));

        assertThat(Externals.missing(DESIRED, observed)).isEmpty();
        assertThat(plan(Mode.FORWARD, observed).steps())
                .noneMatch(step -> step instanceof Step.CreateVolume
                        || (step instanceof Step.CreateNetwork(var host, var network, var subnet, var range)
                                && network.external()));
    }

    @Test
    void theWayBackIsNotBarred() {
        Observed observed =
                observed(Map.of(DUBLIN, host("one", Set.of(), Set.of()), SYDNEY, host("two", Set.of(), Set.of())));

        assertThat(plan(Mode.BACK, observed).to()).contains(DESIRED.release());
    }

    private static Plan plan(Mode mode, Observed observed) {
        return Planner.plan(
                new Request(
                        DESIRED,
                        Optional.empty(),
                        Optional.empty(),
                        Instant.EPOCH,
                        Optional.empty(),
                        Set.of(),
                        NOON,
                        mode),
                observed);
    }

    private static Observed observed(Map<HostId, HostState> hosts) {
        return new Observed(hosts, TrafficState.ABSENT);
    }

    private static HostState host(String engine, Set<String> networks, Set<String> volumes) {
        HostState.Reachable empty = emptyHost("dublin");
        Map<String, String> subnets = new HashMap<>();
        networks.forEach(name -> subnets.put(name, ""));
        return new HostState.Reachable(
                engine,
                empty.containers(),
                subnets,
                empty.routes(),
                volumes,
                empty.images(),
                empty.usedAddresses(),
                empty.proxy(),
                empty.committed());
    }

    /** Dublin is reached by SSH, Sydney is this machine. */
    private static Desired desired() {
        Desired plain = release(
                List.of("dublin", "sydney"),
                new TrafficSettings.None(),
                service("web", "1", 1, UpdateOrder.START_FIRST));
        Map<String, Workload> workloads = new HashMap<>();
        plain.workloads()
                .forEach((region, workload) -> workloads.put(
                        region,
                        new Workload(
                                workload.project(),
                                workload.services(),
                                List.of(
                                        workload.networks().getFirst(),
                                        new NetworkSpec("proxies", Optional.empty(), false, true, Map.of(), Map.of())),
                                List.of(new VolumeSpec("uploads", "local", Map.of(), Map.of(), true)))));
        return new Desired(
                plain.app(),
                plain.release(),
                List.of(
                        new Region(
                                "dublin",
                                plain.region("dublin").place(),
                                List.of(new Host(
                                        DUBLIN,
                                        new HostAddress.Ssh(
                                                Optional.of("deploy"),
                                                "10.1.0.11",
                                                Optional.empty(),
                                                Optional.empty())))),
                        plain.region("sydney")),
                plain.primary(),
                plain.routes(),
                plain.rollout(),
                plain.traffic(),
                workloads);
    }
}
