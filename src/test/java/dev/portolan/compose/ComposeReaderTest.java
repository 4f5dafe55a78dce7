package dev.portolan.compose;

import static dev.portolan.compose.ProjectFolder.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.portolan.compose.ComposeService.Logging;
import dev.portolan.compose.ComposeService.ProcessSettings;
import dev.portolan.compose.ComposeService.PullPolicy;
import dev.portolan.compose.ComposeService.Resources;
import dev.portolan.compose.ComposeService.Restart;
import dev.portolan.compose.ComposeService.Security;
import dev.portolan.compose.ComposeService.Ulimit;
import dev.portolan.compose.Deploy.Order;
import dev.portolan.compose.ServiceDependency.Condition;
import dev.portolan.model.SourceLocation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComposeReaderTest {
    private static final Resources NO_LIMITS = new Resources(
            0, 0, 0, 0, 0, Map.of(), Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    @TempDir
    Path parent;

    private ProjectFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = new ProjectFolder(parent);
    }

    @Test
    void aServiceOfOneLineHasTheDefaultsOfDockerCompose() {
        folder.file("compose.yaml", "services:\n  web:\n    image: nginx\n");

        ComposeProject project = folder.project();
        ComposeService web = project.service("web").orElseThrow();
        assertThat(project.name()).isEqualTo("shop");
        assertThat(project.networks()).containsOnlyKeys("default");
        assertThat(at(project.networks(), "default").engineName("shop-dub")).isEqualTo("shop-dub_default");
        assertThat(web.image()).contains("nginx");
        assertThat(web.process())
                .isEqualTo(new ProcessSettings(
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        false));
        assertThat(web.networking().networks()).containsOnlyKeys("default");
        assertThat(web.resources()).isEqualTo(NO_LIMITS);
        assertThat(web.pullPolicy()).isEqualTo(PullPolicy.MISSING);
        assertThat(web.replicas()).isEqualTo(1);
        assertThat(web.location()).isEqualTo(new SourceLocation("compose.yaml", 2, 3));
        assertThat(web.location("image")).isEqualTo(new SourceLocation("compose.yaml", 3, 5));
        assertThat(web.location("ports")).isEqualTo(web.location());
        assertThat(folder.problems()).isEmpty();
    }

    @Test
    void theProcessIsReadAsWritten() {
        folder.web(
                "command: bundle exec puma -C \"config/my puma.rb\"",
                "entrypoint: [\"/bin/tini\", \"--\"]",
                "user: \"1000:1000\"",
                "working_dir: /app",
                "stop_signal: SIGQUIT",
                "stop_grace_period: 1m30s",
                "init: true",
                "tty: \"yes\"",
                "stdin_open: ${OPEN:-false}");

        assertThat(folder.web().process())
                .isEqualTo(new ProcessSettings(
                        Optional.of(List.of("bundle", "exec", "puma", "-C", "config/my puma.rb")),
                        Optional.of(List.of("/bin/tini", "--")),
                        Map.of(),
                        List.of(),
                        Optional.of("1000:1000"),
                        Optional.of("/app"),
                        Optional.of("SIGQUIT"),
                        Optional.of(Duration.ofSeconds(90)),
                        Optional.of(true),
                        true,
                        false));
        assertThat(folder.problems())
                .containsExactly("compose.yaml:11:10: services/web/tty: \"yes\" is no boolean in YAML 1.2; write true");
    }

    @Test
    void anEmptyCommandClearsThatOfTheImageAndNothingKeepsIt() {
        folder.web("command: []", "entrypoint: \"\"");
        assertThat(folder.web().process().command()).contains(List.of());
        assertThat(folder.web().process().entrypoint()).contains(List.of());

        folder.web("command:");
        assertThat(folder.web().process().command()).isEmpty();
    }

    @Test
    void theEnvironmentIsPutTogetherFromFilesAndValues() {
        folder.file("base.env", "A=base\nB=base # comment\nexport C='c $A'\nURL=\"http://$HOST_NAME/${A}\"\n")
                .file("more.env", "B=more\nD\n")
                .file("raw.env", "E=\"$A\" \n")
                .with("HOST_NAME", "example.com")
                .with("D", "outside")
                .with("FROM_OUTSIDE", "yes")
                .web(
                        "env_file:",
                        "  - base.env",
                        "  - path: more.env",
                        "  - {path: missing.env, required: false}",
                        "  - {path: raw.env, format: raw}",
                        "environment:",
                        "  A: own",
                        "  FROM_OUTSIDE:",
                        "  NOT_THERE:",
                        "  NUMBER: 1.10",
                        "  TRUTH: true",
                        "  EMPTY: \"\"");

        assertThat(folder.web().process().environment())
                .containsOnly(
                        entry("A", "own"),
                        entry("B", "more"),
                        entry("C", "c $A"),
                        entry("URL", "http://example.com/own"),
                        entry("D", "outside"),
                        entry("E", "\"$A\" "),
                        entry("FROM_OUTSIDE", "yes"),
                        entry("NUMBER", "1.1"),
                        entry("TRUTH", "true"),
                        entry("EMPTY", ""));
    }

    @Test
    void variablesOfTheCommandLineCountBeforeThoseOfDotEnv() {
        folder.file(".env", "TAG=1\nPORT=80\n# a comment\nNAME=${TAG}-$PORT\n")
                .with("TAG", "2")
                .file(
                        "compose.yaml",
                        "services:\n  web:\n    image: nginx:$TAG\n    hostname: $NAME\n    labels: [\"p=${COMPOSE_PROJECT_NAME}\"]\n");

        assertThat(folder.web().image()).contains("nginx:2");
        assertThat(folder.web().networking().hostname()).contains("2-80");
        assertThat(folder.web().labels()).containsOnly(entry("p", "shop"));
    }

    @Test
    void portsOfEitherSyntaxAreRead() {
        folder.web(
                "ports:",
                "  - \"8080:80\"",
                "  - 9090",
                "  - 127.0.0.1:5000-5001:5000-5001/udp",
                "  - {target: 443, published: 8443, name: tls, app_protocol: https}",
                "  - target: \"22\"",
                "    published: 2200-2210",
                "    host_ip: 10.0.0.1",
                "expose: [3000, \"53/udp\"]");

        assertThat(folder.web().networking().ports().stream()
                        .map(port ->
                                port.hostIp() + ":" + port.published() + ":" + port.target() + "/" + port.protocol()))
                .containsExactly(
                        ":8080:80/tcp",
                        "::9090/tcp",
                        "127.0.0.1:5000:5000/udp",
                        "127.0.0.1:5001:5001/udp",
                        ":8443:443/tcp",
                        "10.0.0.1:2200-2210:22/tcp");
        assertThat(folder.web().networking().ports().get(4).appProtocol()).contains("https");
        assertThat(folder.web().networking().ports().getFirst().location())
                .isEqualTo(new SourceLocation("compose.yaml", 5, 9));
        assertThat(folder.web().networking().expose()).containsExactly("3000", "53/udp");
    }

    @Test
    void volumesOfEitherSyntaxAreRead() {
        folder.file("compose.yaml", """
                services:
                  web:
                    image: nginx
                    volumes:
                      - data:/data
                      - ./conf:/etc/nginx:ro
                      - ~/keys:/keys
                      - /var/cache
                      - type: bind
                        source: ../shared
                        target: /shared
                      - {type: tmpfs, target: /tmp}
                      - {type: volume, source: logs, target: /logs, read_only: true}
                    tmpfs: /run:size=64m
                volumes:
                  data:
                  logs: {name: my-logs, driver: local, driver_opts: {type: nfs, retries: 3}, labels: [a=b]}
                  unused:
                """);

        String root = folder.path().toString();
        assertThat(folder.web().storage().volumes().stream()
                        .map(volume -> volume.type() + " " + volume.source() + " " + volume.target() + " "
                                + volume.readOnly() + " " + volume.createHostPath()))
                .containsExactly(
                        "VOLUME data /data false false",
                        "BIND " + root + "/conf /etc/nginx true true",
                        "BIND /home/ann/keys /keys false true",
                        "VOLUME  /var/cache false false",
                        "BIND " + parent + "/shared /shared false false",
                        "TMPFS  /tmp false false",
                        "VOLUME logs /logs true false");
        assertThat(folder.web().storage().tmpfs()).containsExactly("/run:size=64m");
        assertThat(folder.project().volumes()).containsOnlyKeys("data", "logs");
        ComposeVolume logs = at(folder.project().volumes(), "logs");
        assertThat(logs.engineName("shop")).isEqualTo("my-logs");
        assertThat(logs.driverOpts()).containsExactly(entry("type", "nfs"), entry("retries", "3"));
        assertThat(logs.labels()).containsOnly(entry("a", "b"));
        assertThat(at(folder.project().volumes(), "data").engineName("shop")).isEqualTo("shop_data");
    }

    @Test
    void networksAreReadWithAliases() {
        folder.file("compose.yaml", """
                services:
                  web:
                    image: nginx
                    networks:
                      front: {aliases: [www, shop], priority: 10}
                      back:
                  db:
                    image: postgres
                    networks: [back]
                  host:
                    image: node-exporter
                    network_mode: host
                networks:
                  front: {driver: bridge, driver_opts: {mtu: 1400}, labels: {x: }}
                  back: {internal: true, ipam: {config: [{subnet: 10.20.0.0/24}]}}
                """);

        assertThat(at(folder.web().networking().networks(), "front").aliases()).containsExactly("www", "shop");
        assertThat(at(folder.web().networking().networks(), "front").priority()).isEqualTo(10);
        assertThat(folder.web().networking().networks()).containsOnlyKeys("front", "back");
        assertThat(folder.service("host").networking().networkMode()).contains("host");
        assertThat(folder.service("host").networking().networks()).isEmpty();
        ComposeNetwork back = at(folder.project().networks(), "back");
        assertThat(back.internal()).isTrue();
        assertThat(back.subnet()).contains("10.20.0.0/24");
        assertThat(folder.project().networks()).containsOnlyKeys("front", "back");
        assertThat(at(folder.project().networks(), "front").labels()).containsOnly(entry("x", ""));
    }

    @Test
    void dependenciesOfEitherSyntaxAreRead() {
        folder.file("compose.yaml", """
                services:
                  web:
                    image: app
                    depends_on:
                      db: {condition: service_healthy, restart: true}
                      migrate: {condition: service_completed_successfully}
                      debug: {condition: service_started, required: false}
                  migrate: {image: app, depends_on: [db]}
                  db: {image: postgres}
                  debug: {image: busybox, profiles: [debug]}
                """);

        assertThat(folder.web().dependsOn()).containsOnlyKeys("db", "migrate");
        assertThat(at(folder.web().dependsOn(), "db").condition()).isEqualTo(Condition.SERVICE_HEALTHY);
        assertThat(at(folder.web().dependsOn(), "db").restart()).isTrue();
        assertThat(at(folder.web().dependsOn(), "migrate").condition())
                .isEqualTo(Condition.SERVICE_COMPLETED_SUCCESSFULLY);
        assertThat(at(folder.service("migrate").dependsOn(), "db").condition()).isEqualTo(Condition.SERVICE_STARTED);
        assertThat(folder.profiles("debug").web().dependsOn()).containsKey("debug");
    }

    @Test
    void theHealthcheckIsRead() {
        folder.web(
                "healthcheck:",
                "  test: curl -f http://localhost/heartbeat",
                "  interval: 5s",
                "  timeout: 500ms",
                "  retries: \"3\"",
                "  start_period: 1m");

        assertThat(folder.web().healthcheck())
                .contains(new Healthcheck(
                        List.of("CMD-SHELL", "curl -f http://localhost/heartbeat"),
                        Optional.of(Duration.ofSeconds(5)),
                        Optional.of(Duration.ofMillis(500)),
                        OptionalLong.of(3),
                        Optional.of(Duration.ofMinutes(1)),
                        Optional.empty(),
                        new SourceLocation("compose.yaml", 5, 7)));
        assertThat(folder.web("healthcheck: {test: [CMD, pg_isready]}")
                        .web()
                        .healthcheck()
                        .orElseThrow()
                        .test())
                .containsExactly("CMD", "pg_isready");
        assertThat(folder.web("healthcheck: {disable: true}")
                        .web()
                        .healthcheck()
                        .orElseThrow()
                        .disabled())
                .isTrue();
        assertThat(folder.web("healthcheck: {test: [NONE]}")
                        .web()
                        .healthcheck()
                        .orElseThrow()
                        .disabled())
                .isTrue();
    }

    @Test
    void deployIsRead() {
        folder.web(
                "deploy:",
                "  replicas: ${REPLICAS:-3}",
                "  update_config: {parallelism: 2, delay: 10s, order: start-first, failure_action: rollback, monitor: 30s}",
                "  resources:",
                "    limits: {cpus: \"0.5\", memory: 512M, pids: 100}",
                "    reservations: {memory: 128m}",
                "  restart_policy: {condition: on-failure, max_attempts: 5}");

        ComposeService web = folder.web();
        assertThat(web.replicas()).isEqualTo(3);
        assertThat(web.deploy().orElseThrow().updateConfig())
                .contains(new Deploy.UpdateConfig(
                        OptionalLong.of(2),
                        Optional.of(Duration.ofSeconds(10)),
                        Optional.of("rollback"),
                        Optional.of(Duration.ofSeconds(30)),
                        0,
                        Optional.of(Order.START_FIRST)));
        assertThat(web.resources())
                .isEqualTo(new Resources(
                        536870912,
                        134217728,
                        500_000_000,
                        100,
                        0,
                        Map.of(),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(web.restart()).contains(new Restart("on-failure", 5));
        assertThat(folder.web("scale: 2").web().replicas()).isEqualTo(2);
        assertThat(folder.web("deploy: {mode: replicated}")
                        .web()
                        .deploy()
                        .orElseThrow()
                        .replicas())
                .isEqualTo(OptionalInt.empty());
    }

    @Test
    void limitsAndRightsAreRead() {
        folder.web(
                "mem_limit: 1.5g",
                "mem_reservation: 65536",
                "cpus: 1.5",
                "pids_limit: -1",
                "shm_size: 64mb",
                "ulimits: {nofile: {soft: 20000, hard: 40000}, nproc: 65535}",
                "sysctls: [net.core.somaxconn=1024]",
                "privileged: true",
                "cap_add: [NET_ADMIN]",
                "cap_drop: [ALL]",
                "security_opt: [no-new-privileges:true]",
                "group_add: [audio, 1001]",
                "devices: [/dev/fuse, \"/dev/a:/dev/b:r\"]",
                "read_only: true",
                "restart: on-failure:3",
                "logging: {driver: json-file, options: {max-size: 10m, max-file: 3}}",
                "extra_hosts: [\"host.docker.internal:host-gateway\", \"six=[::1]\"]",
                "dns: 1.1.1.1",
                "pull_policy: always");

        ComposeService web = folder.web();
        assertThat(web.resources())
                .isEqualTo(new Resources(
                        1610612736,
                        65536,
                        1_500_000_000,
                        -1,
                        67108864,
                        Map.of("nofile", new Ulimit(20000, 40000), "nproc", new Ulimit(65535, 65535)),
                        Map.of("net.core.somaxconn", "1024"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(web.security())
                .isEqualTo(new Security(
                        true,
                        List.of("NET_ADMIN"),
                        List.of("ALL"),
                        List.of("no-new-privileges:true"),
                        List.of("audio", "1001"),
                        List.of("/dev/fuse:/dev/fuse:rwm", "/dev/a:/dev/b:r"),
                        List.of(),
                        List.of(),
                        Optional.empty()));
        assertThat(web.storage().readOnly()).isTrue();
        assertThat(web.restart()).contains(new Restart("on-failure", 3));
        assertThat(web.logging())
                .contains(new Logging(Optional.of("json-file"), Map.of("max-size", "10m", "max-file", "3")));
        assertThat(web.networking().extraHosts()).containsExactly("host.docker.internal:host-gateway", "six:::1");
        assertThat(web.networking().dns()).containsExactly("1.1.1.1");
        assertThat(web.pullPolicy()).isEqualTo(PullPolicy.ALWAYS);
    }

    @Test
    void aBuildOfEitherSyntaxIsRead() {
        folder.with("TOKEN", "t").file("compose.yaml", """
                        services:
                          web:
                            build: ./app
                          worker:
                            image: shop/worker
                            build:
                              context: .
                              dockerfile: docker/Dockerfile
                              target: worker
                              args: [A=1, TOKEN, NOT_THERE]
                        """);

        assertThat(folder.web().build())
                .contains(new Build(
                        folder.path().resolve("app"),
                        Optional.empty(),
                        "Dockerfile",
                        Optional.empty(),
                        Map.of(),
                        Optional.empty(),
                        Map.of(),
                        Map.of(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        NOTHING_SAID,
                        new SourceLocation("compose.yaml", 3, 12)));
        Build worker = folder.service("worker").build().orElseThrow();
        assertThat(worker.context()).isEqualTo(folder.path());
        assertThat(worker.dockerfile()).isEqualTo("docker/Dockerfile");
        assertThat(worker.args()).containsExactly(entry("A", "1"), entry("TOKEN", "t"));
        assertThat(worker.target()).contains("worker");
        assertThat(folder.service("worker").image()).contains("shop/worker");
    }

    private static final Build.Manner NOTHING_SAID = new Build.Manner(
            false, false, List.of(), List.of(), List.of(), List.of(), Map.of(), 0, Map.of(), List.of());

    @Test
    void everyKeyOfABuildIsRead() {
        folder.file("compose.yaml", """
                services:
                  web:
                    platform: linux/arm64
                    build:
                      context: https://example.com/team/app.git#main:server
                      dockerfile_inline: FROM scratch
                      additional_contexts: { assets: ./assets, base: "docker-image://alpine:3" }
                      labels: [a=1]
                      network: host
                      extra_hosts: ["db=10.0.0.1"]
                      platforms: [linux/arm64]
                      no_cache: true
                      pull: true
                      cache_from: [shop/cache]
                      cache_to: ["type=inline"]
                      tags: [shop/web:edge]
                      secrets: [token, { source: token, target: other }]
                      ssh: [default, "deploy=/run/agent"]
                      shm_size: 64m
                      ulimits: { nofile: 9 }
                      entitlements: [network.host]
                      privileged: true
                secrets: { token: { environment: TOKEN } }
                """);

        Build build = folder.web().build().orElseThrow();
        assertThat(folder.web().platform()).contains("linux/arm64");
        assertThat(build.repository()).contains("https://example.com/team/app.git#main:server");
        assertThat(build.dockerfileInline()).contains("FROM scratch");
        assertThat(build.additionalContexts())
                .containsExactly(
                        entry("assets", folder.path().resolve("assets").toString()),
                        entry("base", "docker-image://alpine:3"));
        assertThat(build.labels()).containsExactly(entry("a", "1"));
        assertThat(build.network()).contains("host");
        assertThat(build.extraHosts()).containsExactly("db:10.0.0.1");
        assertThat(build.platforms()).containsExactly("linux/arm64");
        assertThat(build.manner())
                .isEqualTo(new Build.Manner(
                        true,
                        true,
                        List.of("shop/cache"),
                        List.of("type=inline"),
                        List.of("shop/web:edge"),
                        List.of(
                                new Build.BuildSecret("token", "token", new SourceLocation("compose.yaml", 17, 17)),
                                new Build.BuildSecret("token", "other", new SourceLocation("compose.yaml", 17, 24))),
                        Map.of("default", Optional.empty(), "deploy", Optional.of("/run/agent")),
                        64 << 20,
                        Map.of("nofile", new ComposeService.Ulimit(9, 9)),
                        List.of("network.host", "security.insecure")));
    }

    @Test
    void whatIsElsewhereAndNoRepositoryIsNotBuiltFrom() {
        folder.file("compose.yaml", "services: { web: { build: 'https://example.com/app.tar.gz' } }\n");

        assertThat(folder.problems())
                .containsExactly(
                        "compose.yaml:1:27: services/web/build/context: \"https://example.com/app.tar.gz\" is no git"
                                + " repository, and Portolan builds from nothing else that is elsewhere; write a folder, or the"
                                + " address of a git repository, which ends in .git");
    }

    @Test
    void configsAndSecretsAreRead() {
        folder.file("compose.yaml", """
                services:
                  web:
                    image: nginx
                    configs:
                      - nginx
                      - {source: inline, target: /etc/motd, mode: 0440, uid: "101"}
                    secrets:
                      - password
                      - {source: key, target: tls.key, mode: "0400"}
                configs:
                  nginx: {file: ./nginx.conf}
                  inline: {content: "hello ${WHO:-you}\\n"}
                  unused: {external: true}
                secrets:
                  password: {environment: DB_PASSWORD}
                  key: {file: /etc/key}
                """);

        assertThat(folder.web().storage().configs().stream()
                        .map(mount -> mount.source() + " " + mount.target() + " " + mount.mode() + " " + mount.user()))
                .containsExactly(
                        "nginx /nginx OptionalInt.empty OptionalInt.empty",
                        "inline /etc/motd OptionalInt[288] OptionalInt[101]");
        assertThat(folder.web().storage().secrets().stream()
                        .map(mount -> mount.source() + " " + mount.target() + " " + mount.mode()))
                .containsExactly(
                        "password /run/secrets/password OptionalInt.empty",
                        "key /run/secrets/tls.key OptionalInt[256]");
        assertThat(folder.project().configs().values().stream().map(ComposeConfig::content))
                .containsExactly(
                        new FileContent.File(folder.path().resolve("nginx.conf")),
                        new FileContent.Inline("hello you\n"));
        assertThat(folder.project().secrets().values().stream().map(ComposeSecret::content))
                .containsExactly(new FileContent.Environment("DB_PASSWORD"), new FileContent.File(Path.of("/etc/key")));
    }

    @Test
    void theSocketOfTheEngineIsMountedAfterWhatIsWritten() {
        folder.web("volumes: [\"/srv:/srv\"]", "use_api_socket: true");

        assertThat(folder.web().storage().volumes().stream()
                        .map(volume -> volume.type() + " " + volume.source() + " " + volume.target() + " "
                                + volume.readOnly() + " " + volume.createHostPath()))
                .containsExactly(
                        "BIND /srv /srv false true", "BIND /var/run/docker.sock /var/run/docker.sock false true");
        assertThat(folder.problems())
                .containsExactly("compose.yaml:5:5: services/web/use_api_socket: honoured differently;"
                        + " the socket of its host's engine is mounted; logins to registries do not travel to the hosts: give it"
                        + " what it needs as a secret with the target /run/secrets/docker/config.json, and set DOCKER_CONFIG to"
                        + " /run/secrets/docker");
    }

    @Test
    void servicesWhoseProfileIsNotActiveAreLeftOut() {
        folder.file("compose.yaml", """
                services:
                  web: {image: nginx}
                  tools: {image: busybox, profiles: [tools], volumes_from: [web]}
                  both: {image: busybox, profiles: [tools, dev], env_file: [missing.env]}
                """);

        assertThat(folder.project().services()).containsOnlyKeys("web");
        assertThat(folder.profiles("tools").problems())
                .containsExactly("compose.yaml:4:61: services/both/env_file/0/path: missing.env: there is no such file;"
                        + " create it, or correct the path");
        assertThat(folder.profiles()
                        .with("COMPOSE_PROFILES", "other, none")
                        .project()
                        .services())
                .containsOnlyKeys("web");
        assertThat(folder.profiles("*").read()).isInstanceOf(ComposeReading.Refused.class);
    }

    @Test
    void anchorsMergeKeysAndExtensionsAreForThePersonAlone() {
        folder.file("compose.yaml", """
                x-app: &app
                  image: app:1
                  environment: &env {A: 1, B: 2}
                services:
                  web:
                    <<: *app
                    x-note: hello
                    environment: {<<: *env, B: 3}
                  worker: {<<: *app, command: work}
                """);

        assertThat(folder.web().process().environment()).containsOnly(entry("A", "1"), entry("B", "3"));
        assertThat(folder.service("worker").process().environment()).containsOnly(entry("A", "1"), entry("B", "2"));
        assertThat(folder.web().extensions()).containsOnlyKeys("x-note");
        assertThat(folder.project().extensions()).containsOnlyKeys("x-app");
        assertThat(folder.problems()).isEmpty();
    }

    @Test
    void theNameOfTheProjectIsFoundAsInDockerCompose() {
        folder.file("compose.yaml", "name: My-${KIND:-Shop}\nservices: {web: {image: nginx}}\n");

        assertThat(folder.project().name()).isEqualTo("my-shop");
        assertThat(folder.with("COMPOSE_PROJECT_NAME", "given").project().name())
                .isEqualTo("given");
        assertThat(folder.with("COMPOSE_PROJECT_NAME", "No Name").problems())
                .containsExactly(
                        folder.path() + ": \"No Name\" is no name of a project;"
                                + " use lower-case letters, digits, hyphens and underscores, and begin with a letter or a digit");
    }

    @Test
    void aContainerMayHaveAName() {
        folder.web("container_name: shop-web");

        assertThat(folder.web().containerName()).contains("shop-web");
        assertThat(folder.problems()).isEmpty();
    }

    @Test
    void mountsOfTypeTmpfsNeedNoSource() {
        assertThat(folder.web("volumes: [{type: tmpfs, target: /cache}]")
                        .web()
                        .storage()
                        .volumes()
                        .getFirst()
                        .type())
                .isEqualTo(ServiceVolume.Type.TMPFS);
    }

    @Test
    void theVariablesThatTheFilesAskForAreToldOfWhetherTheyAreSetOrNot() {
        folder.file(".env", "IN_DOT_ENV=$BY_DOT_ENV\nSPARE=1\n")
                .file("web.env", "X=${BY_ENV_FILE}\n")
                .file("compose.yaml", """
                        services:
                          web:
                            image: "nginx:${TAG}" # not ${IN_A_COMMENT}
                            command: "echo $$NOT ${SET:-$IN_A_DEFAULT} ${SET:+$IN_AN_ALTERNATIVE}"
                            env_file: web.env
                            environment: [FROM_LIST, "OWN=1"]
                            configs: [motd]
                          tool:
                            build: { context: ., args: [ARGUMENT] }
                            profiles: [tools]
                            environment: { FROM_MAPPING: }
                        configs: { motd: { environment: OF_CONFIG } }
                        volumes: { unused: { name: "x-${OF_VOLUME}" } }
                        """)
                .with("SET", "1");

        assertThat(folder.read())
                .isInstanceOfSatisfying(
                        ComposeReading.Read.class,
                        read -> assertThat(read.variables())
                                .filteredOn(name -> !name.startsWith("COMPOSE_"))
                                .containsExactly(
                                        "ARGUMENT",
                                        "BY_DOT_ENV",
                                        "BY_ENV_FILE",
                                        "FROM_LIST",
                                        "FROM_MAPPING",
                                        "IN_AN_ALTERNATIVE",
                                        "IN_A_DEFAULT",
                                        "OF_CONFIG",
                                        "OF_VOLUME",
                                        "SET",
                                        "TAG"));
    }
}
