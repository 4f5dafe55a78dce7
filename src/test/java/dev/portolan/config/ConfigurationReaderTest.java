package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.Dependency;
import dev.portolan.model.Desired;
import dev.portolan.model.Host;
import dev.portolan.model.HostAddress;
import dev.portolan.model.HostId;
import dev.portolan.model.NetworkSpec;
import dev.portolan.model.Place;
import dev.portolan.model.Region;
import dev.portolan.model.RolloutSettings;
import dev.portolan.model.Route;
import dev.portolan.model.Service;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.UpdateOrder;
import dev.portolan.model.VolumeSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationReaderTest {
    private static final String COMPOSE = """
            services:
              web:
                image: shop:1
                ports: ["3000:80"]
                depends_on: { database: { condition: service_healthy }, cache: { condition: service_started } }
                healthcheck: { test: wget -q -O - http://127.0.0.1/heartbeat, interval: 1s }
                deploy: { replicas: 2 }
              worker: { image: shop:1, command: [worker] }
              cache: { image: "memcached:1.6" }
              database:
                image: mariadb:10
                volumes: ["data:/var/lib/mysql"]
            volumes: { data: {} }
            """;

    @TempDir
    Path path = Path.of("");

    private AppFolder app() {
        return new AppFolder(path).with("portolan.yml", AppFolder.TWO_REGIONS).with("compose.yaml", COMPOSE);
    }

    @Test
    void theFilesBecomeExactlyThis() {
        Desired desired = app().read().desired();

        assertThat(desired.app()).isEqualTo("shop");
        assertThat(desired.primary()).isEqualTo("dublin");
        assertThat(desired.regions())
                .containsExactly(
                        region("dublin", new Place(53.33, -6.25)), region("sydney", new Place(-33.87, 151.21)));
        assertThat(desired.routes()).containsExactly(new Route.Http("*", "web", 80, "/heartbeat", Optional.empty()));
        assertThat(desired.rollout()).isEqualTo(RolloutSettings.DEFAULT);
        assertThat(desired.traffic()).isEqualTo(new TrafficSettings.Edge(3000));
        var workload = desired.workload("dublin");
        assertThat(workload.project()).isEqualTo("shop-dublin");
        assertThat(workload.services()).extracting(Service::name).containsExactly("web", "worker", "cache", "database");
        assertThat(workload.networks())
                .containsExactly(
                        new NetworkSpec("shop-dublin_default", Optional.empty(), false, false, Map.of(), Map.of()));
        assertThat(workload.volumes())
                .containsExactly(new VolumeSpec("shop-dublin_data", "local", Map.of(), Map.of(), false));
        Service web = workload.service("web").orElseThrow();
        assertThat(web.replicas()).isEqualTo(2);
        assertThat(web.order()).isEqualTo(UpdateOrder.START_FIRST);
        assertThat(web.dependencies())
                .containsExactly(
                        new Dependency("database", Dependency.Condition.HEALTHY),
                        new Dependency("cache", Dependency.Condition.STARTED));
        assertThat(web.settle()).isEqualTo(Duration.ofSeconds(1));
        assertThat(web.job()).isFalse();
        assertThat(workload.service("database").orElseThrow().order()).isEqualTo(UpdateOrder.STOP_FIRST);
    }

    private static Region region(String name, Place place) {
        return new Region(name, place, List.of(new Host(new HostId(name, "local"), new HostAddress.Local())));
    }

    @Test
    void theSameFilesAreTheSameReleaseOnEveryMachineAndInEveryVersion() {
        Desired desired = app().read().desired();

        assertThat(desired.release().value()).isEqualTo("fccddd981e");
        assertThat(desired.workload("sydney").services())
                .extracting(Service::hash)
                .containsExactly("cb1259dcc924", "66990df44c5b", "adc530b7a4dc", "2cb430668890");
    }

    @Test
    void whenOnlyTheWebImageChangesTheOthersKeepTheirHashes() {
        Desired before = app().read().desired();
        Desired after = app().with("compose.yaml", COMPOSE.replace("shop:1\n", "shop:2\n"))
                .read()
                .desired();

        assertThat(after.release()).isNotEqualTo(before.release());
        for (String region : List.of("dublin", "sydney")) {
            for (Service service : before.workload(region).services()) {
                assertThat(after.workload(region)
                                .service(service.name())
                                .orElseThrow()
                                .hash()
                                .equals(service.hash()))
                        .as(service.name())
                        .isEqualTo(!service.name().equals("web"));
            }
        }
    }

    @Test
    void theNumberOfReplicasIsPartOfTheReleaseAndNotOfTheHash() {
        Desired before = app().read().desired();
        Desired after = app().with("compose.yaml", COMPOSE.replace("replicas: 2", "replicas: 3"))
                .read()
                .desired();

        assertThat(after.release()).isNotEqualTo(before.release());
        assertThat(after.workload("dublin").service("web").orElseThrow().hash())
                .isEqualTo(
                        before.workload("dublin").service("web").orElseThrow().hash());
    }

    @Test
    void theProblemsOfAllFilesAreSaidTogether() {
        var problems = app().with(
                        "portolan.yml", AppFolder.TWO_REGIONS.replace("app:", "ap:") + "routes: [{ service: wbe }]\n")
                .with("compose.yaml", COMPOSE.replace("{ data: {} }", "{ data: { drivr: local } }"))
                .problems();

        assertThat(problems)
                .containsExactly(
                        "portolan.yml:1:1: ap: unknown key \"ap\"; did you mean \"app\"?",
                        "portolan.yml:1:1: the key \"app\" is missing; write for example \"app: shop\"",
                        "compose.yaml:13:20: volumes/data/drivr: unknown key \"drivr\"; did you mean \"driver\"?");
    }

    @Test
    void theProblemsOfTheMappingAreSaidTogether() {
        var problems = app().with(
                        "portolan.yml", AppFolder.TWO_REGIONS + "routes: [{ service: wbe }, { service: worker }]\n")
                .with("compose.yaml", COMPOSE.replace("mariadb:10", "missing:1"))
                .problems();

        assertThat(problems)
                .containsExactly(
                        "portolan.yml:6:21: routes/0/service: there is no service \"wbe\" in the Compose file; the"
                                + " services are web, worker, cache, database",
                        "portolan.yml:6:28: routes/1/host: the host \"*\" has a route already, at routes/0/host; give"
                                + " each route a host of its own",
                        "portolan.yml:6:39: routes/1/service: the port of \"worker\" is not clear; add the port on"
                                + " which it listens in its container, such as \"port: 3000\"",
                        "compose.yaml:11:5: services/database/image: the image \"missing:1\" is neither on this machine"
                                + " nor in a registry that answers; run \"docker pull missing:1\" to see why, or add \"build\" to"
                                + " build it");
    }

    @Test
    void withoutAFileItIsSaidHowToGetOne() {
        assertThat(new AppFolder(path).with("compose.yaml", COMPOSE).problems())
                .containsExactly("portolan.yml: there is no such file in FOLDER;"
                        + " run \"portolan init\" to write one, or \"portolan up\" to try the app without one");
    }

    @Test
    void theOtherNameOfTheFileIsKnownToo() {
        var app =
                new AppFolder(path).with("portolan.yaml", AppFolder.ONE_REGION).with("compose.yaml", COMPOSE);

        assertThat(app.read().desired().primary()).isEqualTo("dublin");
    }

    @Test
    void aRegionsOwnComposeFileIsMergedOverTheAppsInThatRegionOnly() {
        var app = app().with(
                        "portolan.yml",
                        AppFolder.TWO_REGIONS.replace("sydney: { ", "sydney: { compose: compose.sydney.yaml, "))
                .with("compose.sydney.yaml", "services: { web: { deploy: { replicas: 5 } } }\n");

        assertThat(app.service("dublin", "web").replicas()).isEqualTo(2);
        assertThat(app.service("sydney", "web").replicas()).isEqualTo(5);
        assertThat(app.service("sydney", "web").hash())
                .isNotEqualTo(app.service("dublin", "web").hash());
    }

    @Test
    void anImageIsAskedForOnceHoweverManyRegionsAndServicesRunIt() {
        AppFolder app = app();
        List<String> asked = new ArrayList<>();

        ConfigurationReader.read(path, ConfigurationReader.Options.of(app.environment, reference -> {
            asked.add(reference);
            return AppFolder.digestOf(reference);
        }));

        assertThat(asked).containsExactly("shop:1", "memcached:1.6", "mariadb:10");
    }

    @Test
    void profilesAndOtherComposeFilesAreTheCallersChoice() {
        AppFolder app = new AppFolder(path)
                .with("portolan.yml", AppFolder.ONE_REGION)
                .with("base.yaml", "services: { web: { image: a }, tool: { image: b, profiles: [tools] } }\n")
                .with("more.yaml", "services: { web: { image: c } }\n");
        var options = app.options().withComposeFiles(List.of(Path.of("base.yaml"), Path.of("more.yaml")));

        assertThat(services(options)).containsExactly("web c");
        assertThat(services(options.withProfiles(Set.of("tools")))).containsExactly("web c", "tool b");
    }

    private List<String> services(ConfigurationReader.Options options) {
        return ConfigurationReader.read(path, options).desired().workload("dublin").services().stream()
                .map(service ->
                        service.name() + " " + service.container().image().reference())
                .toList();
    }
}
