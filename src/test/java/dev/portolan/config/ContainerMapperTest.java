package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.BlockDevices;
import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerSpec.FileInContainer;
import dev.portolan.model.ContainerSpec.FileSource;
import dev.portolan.model.ContainerSpec.Mount;
import dev.portolan.model.ContainerSpec.NetworkAttachment;
import dev.portolan.model.ContainerSpec.PublishedPort;
import dev.portolan.model.DeviceRequest;
import dev.portolan.model.Endpoint;
import dev.portolan.model.EngineSettings;
import dev.portolan.model.Fingerprint;
import dev.portolan.model.HealthTest;
import dev.portolan.model.Hook;
import dev.portolan.model.Hooks;
import dev.portolan.model.ImageSource;
import dev.portolan.model.MemoryPressure;
import dev.portolan.model.MountOptions;
import dev.portolan.model.Namespaces;
import dev.portolan.model.Naming;
import dev.portolan.model.NetworkDesign;
import dev.portolan.model.NetworkSpec;
import dev.portolan.model.Processors;
import dev.portolan.model.RestartPolicy;
import dev.portolan.model.UpdateOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerMapperTest {
    @TempDir
    Path path = Path.of("");

    private AppFolder app(String compose) {
        return new AppFolder(path).with("portolan.yml", AppFolder.ONE_REGION).with("compose.yaml", compose);
    }

    private ContainerSpec container(String keys) {
        return app("services: { it: { image: it, " + keys + " } }\n")
                .service("dublin", "it")
                .container();
    }

    @Test
    void aServiceThatSaysNothingIsExactlyThis() {
        assertThat(app("services: { it: { image: 'it:1' } }\n")
                        .service("dublin", "it")
                        .container())
                .isEqualTo(new ContainerSpec(
                        new ImageSource.Pulled(
                                "it:1", AppFolder.digestOf("it:1").orElseThrow()),
                        new ContainerSpec.ProcessSpec(
                                Optional.empty(),
                                Optional.empty(),
                                Map.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Duration.ofSeconds(10),
                                Optional.empty(),
                                false,
                                false),
                        Optional.empty(),
                        new ContainerSpec.Networking(
                                List.of(new NetworkAttachment("shop-dublin_default", List.of("it"))),
                                Optional.empty(),
                                List.of(),
                                List.of(),
                                Optional.empty(),
                                List.of(),
                                List.of()),
                        new ContainerSpec.Storage(List.of(), List.of(), Map.of(), false),
                        new ContainerSpec.Resources(0, 0, 0, 0, 0, Map.of(), Map.of()),
                        new ContainerSpec.Security(false, List.of(), List.of(), List.of(), List.of(), List.of()),
                        Map.of(),
                        new RestartPolicy(RestartPolicy.Mode.UNLESS_STOPPED, 0),
                        new ContainerSpec.Logging("local", Map.of())));
    }

    @Test
    void hooksArePartOfWhatAContainerIs() {
        String hooks = "post_start: [ { command: warm up } ], pre_stop: [ { command: [say, goodbye], user: root } ]";

        assertThat(container(hooks).process().hooks())
                .contains(new Hooks(
                        List.of(new Hook(List.of("warm", "up"))),
                        List.of(new Hook(
                                List.of("say", "goodbye"),
                                Optional.of("root"),
                                false,
                                Optional.empty(),
                                Map.of(),
                                List.of()))));
        assertThat(hash(hooks)).isNotEqualTo(hash("post_start: [ { command: warm up } ]"));
        assertThat(hash("post_start: []")).isEqualTo(hash("tty: false"));
    }

    private String hash(String keys) {
        return app("services: { it: { image: it, " + keys + " } }\n")
                .service("dublin", "it")
                .hash();
    }

    @Test
    void aServiceThatSaysMuchIsExactlyThis() {
        var spec = app("""
                        services:
                          it:
                            image: it:1
                            command: run --fast
                            entrypoint: []
                            user: "1000"
                            working_dir: /app
                            stop_signal: SIGQUIT
                            stop_grace_period: 1m
                            init: true
                            expose: ["3000"]
                            hostname: it-host
                            container_name: the-one
                            networks: { back: {}, front: { aliases: [face], priority: 10 } }
                            volumes: ["data:/data", "/srv/conf:/conf:ro", "/anonymous", { type: tmpfs, target: /scratch }]
                            tmpfs: ["/run:size=64m"]
                            healthcheck: { test: [CMD, check], interval: 2s, timeout: 1s, retries: 5, start_period: 3s }
                            labels: { team: shop }
                            restart: on-failure:3
                            logging: { driver: json-file, options: { max-size: 1m } }
                        networks: { back: { internal: true }, front: {} }
                        volumes: { data: {} }
                        """).service("dublin", "it").container();

        assertThat(spec.process())
                .isEqualTo(new ContainerSpec.ProcessSpec(
                        Optional.of(List.of("run", "--fast")),
                        Optional.of(List.of()),
                        Map.of(),
                        Optional.of("1000"),
                        Optional.of("/app"),
                        Optional.of("SIGQUIT"),
                        Duration.ofMinutes(1),
                        Optional.of(true),
                        false,
                        false));
        assertThat(spec.networking())
                .isEqualTo(new ContainerSpec.Networking(
                        List.of(
                                new NetworkAttachment("shop-dublin_front", List.of("it", "face", "the-one")),
                                new NetworkAttachment("shop-dublin_back", List.of("it", "the-one"))),
                        Optional.empty(),
                        List.of(),
                        List.of("3000"),
                        Optional.of("it-host"),
                        List.of(),
                        List.of()));
        assertThat(spec.storage().mounts())
                .containsExactly(
                        new Mount(Mount.Kind.VOLUME, "shop-dublin_data", "/data", false),
                        new Mount(Mount.Kind.BIND, "/srv/conf", "/conf", true),
                        new Mount(Mount.Kind.VOLUME, "", "/anonymous", false),
                        new Mount(Mount.Kind.TMPFS, "", "/scratch", false));
        assertThat(spec.storage().tmpfs()).isEqualTo(Map.of("/run", "size=64m"));
        assertThat(spec.healthTest())
                .contains(new HealthTest(
                        List.of("CMD", "check"),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1),
                        5,
                        Duration.ofSeconds(3)));
        assertThat(spec.labels()).isEqualTo(Map.of("team", "shop"));
        assertThat(spec.restart()).isEqualTo(new RestartPolicy(RestartPolicy.Mode.ON_FAILURE, 3));
        assertThat(spec.logging())
                .isEqualTo(new ContainerSpec.Logging("json-file", Map.of("max-size", "1m", "max-file", "5")));
    }

    @Test
    void aJobDoesNotComeBackByItself() {
        var app = app("""
                services:
                  migrate: { image: a }
                  web: { image: a, depends_on: { migrate: { condition: service_completed_successfully } } }
                """);

        assertThat(app.service("dublin", "migrate").job()).isTrue();
        assertThat(app.service("dublin", "migrate").container().restart()).isEqualTo(RestartPolicy.NEVER);
        assertThat(app.service("dublin", "web").job()).isFalse();
    }

    @Test
    void theRestartPolicyOfDeployCounts() {
        assertThat(container("deploy: { restart_policy: { condition: on-failure, max_attempts: 2 } }")
                        .restart())
                .isEqualTo(new RestartPolicy(RestartPolicy.Mode.ON_FAILURE, 2));
        assertThat(container("deploy: { restart_policy: { condition: any } }").restart())
                .isEqualTo(new RestartPolicy(RestartPolicy.Mode.ALWAYS, 0));
        assertThat(container("restart: always, deploy: { restart_policy: { condition: none } }")
                        .restart())
                .isEqualTo(RestartPolicy.NEVER);
    }

    @Test
    void aServiceMayRestartWithAnother() {
        assertThat(app("""
                                services:
                                  a: { image: a }
                                  b: { image: b, depends_on: { a: { condition: service_started, restart: true } } }
                                """).problems()).isEmpty();
    }

    @Test
    void configsAndSecretsAreFilesPinnedByTheirContent() throws IOException {
        var app = app("""
                        services:
                          it:
                            image: it
                            configs: [motd, { source: motd, target: /etc/own, mode: 0400, uid: "5", gid: "6" }, site, none]
                            secrets: [key, token]
                        configs:
                          motd: { content: "hello" }
                          site: { file: ./site.conf }
                          none: { content: "" }
                        secrets:
                          key: { file: ./key }
                          token: { environment: TOKEN }
                        """).with("site.conf", "listen 80\n").with("key", "s3cret");
        app.environment.put("TOKEN", "t0ken");

        Files.setPosixFilePermissions(path.resolve("site.conf"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(path.resolve("key"), PosixFilePermissions.fromString("rw-rw----"));
        int user = (int) Files.getAttribute(path, "unix:uid");
        int group = (int) Files.getAttribute(path.resolve("key"), "unix:gid");

        assertThat(app.service("dublin", "it").container().storage().files())
                .containsExactly(
                        new FileInContainer(
                                "/motd", new FileSource.Inline("hello"), Fingerprint.of("hello"), 0444, 0, 0),
                        new FileInContainer(
                                "/etc/own", new FileSource.Inline("hello"), Fingerprint.of("hello"), 0400, 5, 6, true),
                        new FileInContainer(
                                "/site",
                                new FileSource.LocalFile(
                                        path.resolve("site.conf").toString()),
                                Fingerprint.of("listen 80\n"),
                                0644,
                                user,
                                group),
                        new FileInContainer(
                                "/run/secrets/key",
                                new FileSource.LocalFile(path.resolve("key").toString()),
                                Fingerprint.of("s3cret"),
                                0640,
                                user,
                                group),
                        new FileInContainer(
                                "/run/secrets/token",
                                new FileSource.Variable("TOKEN"),
                                Fingerprint.of("t0ken"),
                                0444,
                                0,
                                0));
        assertThat(app.read().toString()).doesNotContain("s3cret").doesNotContain("t0ken");
    }

    @Test
    void anOwnerThatIsGivenIsTheContainersUserAsFarAsThatHasNumbers() {
        var app = app("""
                        services:
                          it:
                            image: it
                            user: "33:44"
                            configs: [motd, { source: motd, target: /own, uid: "5" }]
                        configs: { motd: { content: hello } }
                        """);

        assertThat(app.service("dublin", "it").container().storage().files())
                .extracting(FileInContainer::user, FileInContainer::group, FileInContainer::toUser)
                .containsExactly(Tuple.tuple(0, 0, false), Tuple.tuple(33, 44, false));
    }

    @Test
    void ownerAndModeOfContentFromAFileAreTheFilesAndThatIsSaid() {
        assertThat(app("""
                        services:
                          it: { image: it, configs: [{ source: site, target: /site, mode: 0400, uid: "5" }] }
                        configs: { site: { file: ./site.conf } }
                        """).with("site.conf", "").problems())
                .containsExactly(
                        "compose.yaml:2:30: configs/site: \"uid\", \"gid\" and \"mode\" have no effect on content that"
                                + " comes from a file, as in Docker Compose; remove them, and give the file itself the owner and the"
                                + " mode");
    }

    @Test
    void aFileOrVariableThatIsNotThereIsAProblem() {
        assertThat(app("""
                                services: { it: { image: it, configs: [site], secrets: [token] } }
                                configs: { site: { file: ./site.conf } }
                                secrets: { token: { environment: TOKEN } }
                                """).problems())
                .containsExactly(
                        "compose.yaml:2:12: configs/site: the file FOLDER/site.conf cannot be read; write it, or"
                                + " correct the path or its rights",
                        "compose.yaml:3:12: secrets/token: the variable TOKEN is not set; set it in the environment of"
                                + " this command");
    }

    @Test
    void replicasCannotShareAPortOrAnAddress() {
        assertThat(app("""
                                services:
                                  a: { image: a, ports: ["8080:80"], deploy: { replicas: 2 } }
                                  b: { image: b, networks: { default: { ipv4_address: 10.9.0.9 } }, scale: 3 }
                                networks: { default: { ipam: { config: [{ subnet: 10.9.0.0/24 }] } } }
                                """)
                        .with("portolan.yml", AppFolder.ONE_REGION + "routes: []\n")
                        .problems())
                .containsExactly(
                        "compose.yaml:2:26: services/a/ports: 2 replicas cannot all publish the port 8080; publish"
                                + " \"80\" alone to let the engine choose, or add a route to it",
                        "compose.yaml:3:30: services/b/networks/default: 3 replicas cannot all have the same address;"
                                + " remove it, and let others find them by the name \"b\"");
    }

    @Test
    void aChoiceOfHostPortsIsTheEnginesAndLeavesOneForTheNextRelease() {
        var app = app("services: { it: { image: it, ports: [{ target: 80, published: '8000-8010' }] } }\n")
                .with("portolan.yml", AppFolder.ONE_REGION + "routes: []\n");

        assertThat(app.service("dublin", "it").container().networking().ports())
                .containsExactly(new PublishedPort("", 8000, 80, "tcp", Optional.of(8010)));
        assertThat(app.service("dublin", "it").order()).isEqualTo(UpdateOrder.START_FIRST);
    }

    @Test
    void aServiceWithAnAddressOfItsOwnStopsFirst() {
        var app = app("""
                services: { it: { image: it, mac_address: 02:42:ac:11:00:03, networks: { default: { ipv4_address: 10.9.0.9 } } } }
                networks: { default: { ipam: { config: [{ subnet: 10.9.0.0/24 }] } } }
                """);

        assertThat(app.service("dublin", "it").order()).isEqualTo(UpdateOrder.STOP_FIRST);
        assertThat(app.service("dublin", "it").container().networking().attachments())
                .containsExactly(new NetworkAttachment(
                        "shop-dublin_default",
                        List.of("it"),
                        Optional.of(new Endpoint("10.9.0.9", "", List.of(), "02:42:ac:11:00:03", Map.of(), 0, ""))));
    }

    @Test
    void limitsThatFewKnowAreExactlyThese() {
        var resources = container("""
                cpu_shares: 512, cpu_period: 100000, cpu_quota: 25000, cpuset: '0,1', cpu_percent: '50', memswap_limit: -1,
                mem_swappiness: 40, oom_kill_disable: true, oom_score_adj: -5, cgroup_parent: /parent,
                blkio_config: { weight: 300, device_read_bps: [{ path: /dev/sda, rate: 1k }] }
                """.replace("\n", " ")).resources();

        assertThat(resources.processors()).contains(new Processors(512, 100_000, 25_000, 0, 0, "0,1", 0, 5_000));
        assertThat(resources.pressure()).contains(new MemoryPressure(-1, 40, true, -5));
        assertThat(resources.parentGroup()).contains("/parent");
        assertThat(resources.blockDevices())
                .contains(new BlockDevices(
                        300,
                        List.of(),
                        List.of(new BlockDevices.Rate("/dev/sda", 1024)),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    @Test
    void devicesOfDriversComeInTheOrderOfDockerCompose() {
        var security = container("""
                gpus: [{ count: 2, options: { a: b } }], devices: ['vendor.com/device=all', '/dev/null'], ipc: host, uts: host,
                deploy: { resources: { reservations: { devices: [{ capabilities: [tpu], device_ids: ['0'], driver: d }] } } }
                """.replace("\n", " ")).security();

        assertThat(security.devices()).containsExactly("/dev/null:/dev/null:rwm");
        assertThat(security.deviceRequests())
                .containsExactly(
                        new DeviceRequest("d", 0, List.of("0"), List.of("tpu"), Map.of()),
                        new DeviceRequest("cdi", 0, List.of("vendor.com/device=all"), List.of(), Map.of()),
                        new DeviceRequest("", 2, List.of(), List.of("gpu"), Map.of("a", "b")));
        assertThat(security.namespaces()).contains(new Namespaces("host", "", "host", "", ""));
    }

    @Test
    void theEngineGetsTheRulesOfAProfileAndNotItsPath() {
        var app = app("services: { it: { image: it, security_opt: ['seccomp=p.json', 'systempaths=unconfined'] } }\n")
                .with("p.json", "{ \"a\":\n [ \"b \\\" c\" ] }\n");

        var security = app.service("dublin", "it").container().security();
        assertThat(security.securityOptions()).containsExactly("seccomp={\"a\":[\"b \\\" c\"]}");
        assertThat(security.openSystemPaths()).isTrue();
        assertThat(app("services: { it: { image: it, security_opt: ['seccomp=gone.json', 'apparmor'] } }\n")
                        .problems())
                .containsExactly(
                        "compose.yaml:1:30: services/it/security_opt: the profile FOLDER/gone.json"
                                + " cannot be read; write it, or correct the path or its rights",
                        "compose.yaml:1:30: services/it/security_opt: \"apparmor\" has no value; write one, such as"
                                + " seccomp=unconfined");
    }

    @Test
    void optionsOfMountsAreKept() {
        var mounts = container("""
                volumes: ['/a:/a:ro,z', { type: bind, source: /b, target: /b, bind: { propagation: rslave, create_host_path: false } },
                { type: tmpfs, target: /c, tmpfs: { size: 1k, mode: 0o1770 } }, { type: image, source: 'x:1', target: /d },
                { type: volume, target: /e, volume: { nocopy: true, subpath: s } }]
                """.replace("\n", " ")).storage().mounts();

        assertThat(mounts)
                .containsExactly(
                        new Mount(
                                Mount.Kind.BIND,
                                "/a",
                                "/a",
                                true,
                                Optional.of(new MountOptions.OfBind(false, "", "", "z"))),
                        new Mount(
                                Mount.Kind.BIND,
                                "/b",
                                "/b",
                                false,
                                Optional.of(new MountOptions.OfBind(true, "rslave", "", ""))),
                        new Mount(
                                Mount.Kind.TMPFS, "", "/c", false, Optional.of(new MountOptions.OfTmpfs(1024, 01770))),
                        new Mount(Mount.Kind.IMAGE, "x:1", "/d", false),
                        new Mount(
                                Mount.Kind.VOLUME,
                                "",
                                "/e",
                                false,
                                Optional.of(new MountOptions.OfVolume(true, "s", Map.of()))));
    }

    @Test
    void whatIsSaidOfNamesAndOfTheEngineIsKept() {
        var spec = container("""
                domainname: d, dns_search: s, dns_opt: [o], external_links: [a, 'b:c'], runtime: r, storage_opt: { size: 1G },
                environment: { GONE: , KEPT: '1' }, healthcheck: { test: 'x', start_period: 9s, start_interval: 1s }
                """.replace("\n", " "));

        assertThat(spec.networking().naming())
                .contains(new Naming("d", List.of("s"), List.of("o"), List.of("a:a", "b:c"), ""));
        assertThat(spec.engine()).contains(new EngineSettings("r", "", Map.of("size", "1G"), Map.of()));
        assertThat(spec.process().environment()).isEqualTo(Map.of("KEPT", "1"));
        assertThat(spec.process().unset()).containsExactly("GONE");
        assertThat(spec.healthTest().orElseThrow().startInterval()).contains(Duration.ofSeconds(1));
    }

    @Test
    void whatIsSaidOfANetworkIsKeptAndOneOfAnotherDriverIsNotThePlansToChooseAddressesFor() {
        var networks = app("""
                        services: { it: { image: it, networks: [a, b, c] } }
                        networks:
                          a: { ipam: { config: [{ subnet: 10.9.0.0/24, gateway: 10.9.0.9 }, { subnet: 'fd00::/64' }] }, enable_ipv6: true }
                          b: { driver: macvlan, ipam: { config: [{ subnet: 192.168.1.0/24 }] } }
                          c: { driver: bridge, ipam: { driver: default, config: [{ subnet: 10.8.0.0/24 }] } }
                        """).read().desired().workload("dublin").networks();

        assertThat(networks)
                .containsExactly(
                        new NetworkSpec(
                                "shop-dublin_a",
                                Optional.of("10.9.0.0/24"),
                                false,
                                false,
                                Map.of(),
                                Map.of(),
                                Optional.of(new NetworkDesign(
                                        "",
                                        false,
                                        Optional.empty(),
                                        Optional.of(true),
                                        "",
                                        List.of(
                                                new NetworkDesign.Pool("10.9.0.0/24", "", "10.9.0.9", Map.of()),
                                                new NetworkDesign.Pool("fd00::/64", "", "", Map.of()))))),
                        new NetworkSpec(
                                "shop-dublin_b",
                                Optional.of("192.168.1.0/24"),
                                false,
                                false,
                                Map.of(),
                                Map.of(),
                                Optional.of(new NetworkDesign(
                                        "macvlan", false, Optional.empty(), Optional.empty(), "", List.of()))),
                        new NetworkSpec("shop-dublin_c", Optional.of("10.8.0.0/24"), false, false, Map.of(), Map.of()));
        assertThat(networks).extracting(NetworkSpec::planned).containsExactly(true, false, true);
    }
}
