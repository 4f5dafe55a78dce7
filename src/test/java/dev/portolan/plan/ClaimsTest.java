package dev.portolan.plan;

import static dev.portolan.testing.Examples.NOON;
import static dev.portolan.testing.Examples.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerSpec.Mount;
import dev.portolan.model.ContainerSpec.Networking;
import dev.portolan.model.ContainerSpec.PublishedPort;
import dev.portolan.model.ContainerSpec.Storage;
import dev.portolan.model.Dependency;
import dev.portolan.model.Desired;
import dev.portolan.model.Service;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.UpdateOrder;
import dev.portolan.plan.Request.Mode;
import dev.portolan.testing.Examples;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What only one container of a host can have: ports, and volumes to write to. */
class ClaimsTest {
    private static final TrafficSettings EDGE = new TrafficSettings.Edge(8080);
    private static final List<String> TWO = List.of("dublin", "sydney");
    private static final Service WEB = service("web", "1", 1, UpdateOrder.START_FIRST);
    private static final PublishedPort SMTP = new PublishedPort("", 25, 25, "tcp");

    @Test
    void aPortOfOneAddressIsTakenByWhoHasItOfEveryAddress() {
        assertThat(ports(new PublishedPort("0.0.0.0", 25, 1, "tcp")).sharesPort(ports(SMTP)))
                .isTrue();
        assertThat(ports(new PublishedPort("127.0.0.1", 25, 1, "tcp")).sharesPort(ports(SMTP)))
                .isTrue();
        assertThat(ports(new PublishedPort("127.0.0.1", 25, 1, "tcp"))
                        .sharesPort(ports(new PublishedPort("127.0.0.2", 25, 1, "tcp"))))
                .isFalse();
        assertThat(ports(new PublishedPort("", 25, 1, "udp")).sharesPort(ports(SMTP)))
                .isFalse();
        assertThat(ports(new PublishedPort("", 0, 25, "tcp")).ports()).isEmpty();
    }

    @Test
    void aPortThatMovesToAnotherServiceIsGivenUpBeforeThatStarts() {
        Service mail1 = publishing(service("mail", "1", 1, UpdateOrder.STOP_FIRST));
        Service mail2 = service("mail", "2", 1, UpdateOrder.START_FIRST);
        Service relay = publishing(service("relay", "1", 1, UpdateOrder.STOP_FIRST));
        Desired old = release(WEB, mail1);
        Desired desired = release(WEB, mail2, relay);

        assertThat(StepText.of(plan(desired, old)))
                .containsSubsequence(
                        "  dublin/local: stop shop-dublin-mail-" + six(mail1) + "-1",
                        "  dublin/local: start shop-dublin-mail-" + six(mail2) + "-1, shop-dublin-relay-" + six(relay)
                                + "-1");
    }

    @Test
    void aServiceThatIsCalledOtherwiseNowDoesNotWriteBesideTheOneItWas() {
        Service db = writing(service("db", "1", 1, UpdateOrder.STOP_FIRST));
        Service postgres = writing(service("postgres", "1", 1, UpdateOrder.STOP_FIRST));
        Desired desired = release(WEB, postgres);

        assertThat(StepText.of(plan(desired, release(WEB, db))))
                .containsSubsequence(
                        "  dublin/local: stop shop-dublin-db-" + six(db) + "-1",
                        "  dublin/local: start shop-dublin-postgres-" + six(postgres) + "-1")
                .filteredOn(line -> line.contains("dublin/local: stop"))
                .hasSize(1);
    }

    @Test
    void servicesThatShareAVolumeInTheFileGoOnSharingIt() {
        Service one1 = writing(service("one", "1", 1, UpdateOrder.STOP_FIRST));
        Service other = writing(service("other", "1", 1, UpdateOrder.STOP_FIRST));
        Service one2 = writing(service("one", "2", 1, UpdateOrder.STOP_FIRST));

        assertThat(StepText.of(plan(release(WEB, one2, other), release(WEB, one1, other))))
                .noneMatch(line -> line.contains("other"));
    }

    @Test
    void readersAreElsewhereWhileWhatTheirServiceNeedsIsReplacedStopFirst() {
        Service db1 = writing(service("db", "1", 1, UpdateOrder.STOP_FIRST));
        Service db2 = writing(service("db", "2", 1, UpdateOrder.STOP_FIRST));
        Service web = needing("db");

        assertThat(StepText.of(plan(release(web, db2), release(web, db1))))
                .containsExactly(
                        "first: dublin/local: fetch image example/db:2",
                        "first: sydney/local: fetch image example/db:2",
                        "wave 1 of 2: sydney",
                        "  sydney: send the readers of sydney to the next nearest region (up to 30s)",
                        "  sydney/local: stop shop-sydney-db-" + six(db1) + "-1",
                        "  sydney/local: start shop-sydney-db-" + six(db2) + "-1",
                        "  sydney/local: wait until shop-sydney-db-" + six(db2) + "-1 is healthy (up to 2m)",
                        "  sydney: send sydney its readers again",
                        "wave 2 of 2: dublin",
                        "  dublin: send the readers of dublin to the next nearest region (up to 30s)",
                        "  dublin/local: stop shop-dublin-db-" + six(db1) + "-1",
                        "  dublin/local: start shop-dublin-db-" + six(db2) + "-1",
                        "  dublin/local: wait until shop-dublin-db-" + six(db2) + "-1 is healthy (up to 2m)",
                        "  dublin: send dublin its readers again",
                        "last, on all hosts at once: commit release "
                                + release(web, db2).release());
    }

    @Test
    void theOnlyRegionIsToldHowLongItsReadersWaitAndWhatToDo() {
        Service db1 = writing(service("db", "1", 1, UpdateOrder.STOP_FIRST));
        Service db2 = writing(service("db", "2", 1, UpdateOrder.STOP_FIRST));
        Service web1 = publishing(service("web", "1", 1, UpdateOrder.STOP_FIRST));
        Service web2 = publishing(service("web", "2", 1, UpdateOrder.STOP_FIRST));

        assertThat(plan(alone(needing("db"), db2), alone(needing("db"), db1)).warnings())
                .containsExactly(
                        "region dublin: db, which web depends on, is replaced stop-first since it writes to the"
                                + " volume data, and no other region can take its readers meanwhile: requests will fail from the"
                                + " end of the old container until the new one is healthy, at most 2m10s; add a second region that"
                                + " takes them, or set deploy.update_config.order: start-first if the service can run twice");
        assertThat(plan(alone(web2), alone(web1)).warnings())
                .containsExactly(
                        "region dublin: web is replaced stop-first since it has the port 25 of the host, and no"
                                + " other region can take its readers meanwhile: requests will fail from the end of the old"
                                + " container until the new one is healthy, at most 2m10s; add a second region that takes them, or"
                                + " remove that port, or give it a route");
    }

    private static Claims ports(PublishedPort port) {
        return Claims.of(publishing(WEB, port).container());
    }

    private static Service publishing(Service service) {
        return publishing(service, SMTP);
    }

    private static Service publishing(Service service, PublishedPort port) {
        Networking networking = service.container().networking();
        return with(
                service,
                service.container()
                        .with(new Networking(
                                networking.attachments(),
                                networking.mode(),
                                List.of(port),
                                networking.exposed(),
                                networking.hostname(),
                                networking.extraHosts(),
                                networking.dns())),
                List.of());
    }

    private static Service writing(Service service) {
        ContainerSpec spec = service.container();
        Storage storage =
                new Storage(List.of(new Mount(Mount.Kind.VOLUME, "data", "/data", false)), List.of(), Map.of(), false);
        return with(
                service,
                new ContainerSpec(
                        spec.image(),
                        spec.process(),
                        spec.healthTest(),
                        spec.networking(),
                        storage,
                        spec.resources(),
                        spec.security(),
                        spec.labels(),
                        spec.restart(),
                        spec.logging()),
                List.of());
    }

    private static Service needing(String other) {
        return with(WEB, WEB.container(), List.of(new Dependency(other, Dependency.Condition.STARTED)));
    }

    private static Service with(Service service, ContainerSpec spec, List<Dependency> dependencies) {
        return new Service(
                service.name(),
                service.hash(),
                spec,
                service.replicas(),
                service.order(),
                dependencies,
                service.settle(),
                false);
    }

    private static Desired release(Service... services) {
        return Examples.release(TWO, EDGE, services);
    }

    private static Desired alone(Service... services) {
        return Examples.release(List.of("dublin"), EDGE, services);
    }

    private static Plan plan(Desired desired, Desired committed) {
        return Planner.plan(
                new Request(
                        desired,
                        Optional.of(committed),
                        Optional.empty(),
                        Instant.EPOCH,
                        Optional.empty(),
                        Set.of(),
                        NOON,
                        Mode.FORWARD),
                PlannerTest.serving(committed));
    }

    private static String six(Service service) {
        return service.hash().substring(0, 6);
    }
}
