package dev.portolan.docker.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.docker.ContainerEngine.EngineInfo;
import dev.portolan.docker.EngineException;
import dev.portolan.docker.Logins;
import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerSpec.Mount;
import dev.portolan.model.ContainerSpec.PublishedPort;
import dev.portolan.model.ContainerState;
import dev.portolan.model.ContainerState.Health;
import dev.portolan.model.ContainerState.Status;
import dev.portolan.model.ImageSource;
import dev.portolan.model.Labels;
import dev.portolan.model.RestartPolicy;
import dev.portolan.model.VolumeSpec;
import dev.portolan.testing.SpecBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DockerEngineIT extends EngineTestBase {
    private static final Map<String, String> REPLICA = Map.of(
            Labels.APP, "docker-it",
            Labels.SERVICE, "web",
            Labels.REPLICA, "2",
            Labels.RELEASE, "0123456789",
            Labels.CONFIG_HASH, "abcdef");

    @Test
    void theEngineSaysWhatItIs() {
        EngineInfo info = engine.info();
        assertThat(info.id()).isNotEmpty().isEqualTo(engine.info().id());
        assertThat(info.version()).matches("[0-9]+\\.[0-9]+.*");
        assertThat(info.apiVersion()).matches("1\\.[0-9]+");
        assertThat(info.processors()).isPositive();
        assertThat(info.memoryBytes()).isGreaterThan(100_000_000L);
    }

    @Test
    void aContainerGoesThroughItsLife() {
        String name = name("life");
        Instant before = Instant.now().minusSeconds(60);
        String id = engine.create(name, sleeping().label("mine", "1").build(), REPLICA, Optional.empty(), List.of());
        ContainerState created = engine.container(name).orElseThrow();
        assertThat(created.id()).isEqualTo(id);
        assertThat(created.name()).isEqualTo(name);
        assertThat(created.status()).isEqualTo(Status.CREATED);
        assertThat(created.exitCode()).isEmpty();
        assertThat(created.created()).isAfter(before);

        engine.start(name);
        engine.start(name);
        ContainerState running = only(Map.of(Labels.APP, "docker-it", "mine", "1"));
        assertThat(running.running()).isTrue();
        assertThat(running.service()).isEqualTo("web");
        assertThat(running.replica()).isEqualTo(2);
        assertThat(running.configHash()).isEqualTo("abcdef");
        assertThat(running.release().value()).isEqualTo("0123456789");
        assertThat(running.health()).isEqualTo(Health.NONE);

        engine.signal(name, "KILL");
        assertThat(engine.await(name)).isEqualTo(137);
        ContainerState ended = only(Map.of("mine", "1"));
        assertThat(ended.status()).isEqualTo(Status.EXITED);
        assertThat(ended.exitCode()).contains(137);
        assertThat(engine.container(id).orElseThrow().exitCode()).contains(137);

        engine.start(name);
        engine.stop(name, Duration.ofSeconds(1));
        engine.stop(name, Duration.ofSeconds(1));
        engine.remove(name);
        engine.remove(name);
        engine.stop(name, Duration.ZERO);
        assertThat(engine.container(name)).isEmpty();
    }

    private ContainerState only(Map<String, String> labels) {
        List<ContainerState> found = engine.containers(labels);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    @Test
    void whatIsNoReplicaIsListedOnlyWhenItsRoleIsAskedFor() {
        String name = name("proxy");
        engine.create(
                name, sleeping().build(), Map.of(Labels.APP, name, Labels.ROLE, "proxy"), Optional.empty(), List.of());
        assertThat(engine.containers(Map.of(Labels.APP, name))).isEmpty();
        assertThat(engine.containers(Map.of(Labels.APP, name, Labels.ROLE, "proxy")))
                .extracting(ContainerState::name)
                .containsExactly(name);
    }

    @Test
    void stopWaitsForTheProcessAndKillsOnlyAfterTheGrace() {
        String patient = name("patient");
        create(patient, busybox().shell("trap 'exit 7' TERM; echo ready; while true; do sleep 0.05; done"));
        engine.start(patient);
        awaitOutput(patient, "ready");
        long start = System.nanoTime();
        engine.stop(patient, Duration.ofSeconds(20));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        assertThat(engine.container(patient).orElseThrow().exitCode()).contains(7);

        String stubborn = name("stubborn");
        create(stubborn, busybox().shell("trap '' TERM; echo ready; while true; do sleep 0.05; done"));
        engine.start(stubborn);
        awaitOutput(stubborn, "ready");
        engine.stop(stubborn, Duration.ofMillis(300));
        assertThat(engine.container(stubborn).orElseThrow().exitCode()).contains(137);
    }

    @Test
    void aContainerThatExitsAtOnceHasItsExitCode() {
        String name = name("brief");
        create(name, busybox().shell("exit 3"));
        engine.start(name);
        assertThat(engine.await(name)).isEqualTo(3);
        assertThat(engine.container(name).orElseThrow().exitCode()).contains(3);
    }

    @Test
    void awaitGoesOnBeyondTheLimitOfOtherCalls() {
        String name = name("await");
        create(name, busybox().shell("sleep 2; exit 5"));
        try (var impatient = new DockerEngine(host, Logins.NONE, Duration.ofMillis(400))) {
            impatient.start(name);
            assertThat(impatient.await(name)).isEqualTo(5);
        }
    }

    @Test
    void healthIsReportedByTheListAndTheInspection() {
        String good = name("healthy");
        String bad = name("unhealthy");
        engine.create(
                good,
                sleeping().health(Duration.ofMillis(200), "CMD", "true").build(),
                REPLICA,
                Optional.empty(),
                List.of());
        engine.create(
                bad,
                sleeping().health(Duration.ofMillis(200), "CMD-SHELL", "false").build(),
                REPLICA,
                Optional.empty(),
                List.of());
        engine.start(good);
        engine.start(bad);
        assertThat(health(good)).isIn(Health.STARTING, Health.HEALTHY);
        await("healthy", () -> health(good) == Health.HEALTHY);
        await("unhealthy", () -> health(bad) == Health.UNHEALTHY);
        Map<String, Health> listed = engine.containers(REPLICA).stream()
                .collect(java.util.stream.Collectors.toMap(ContainerState::name, ContainerState::health));
        assertThat(listed).containsEntry(good, Health.HEALTHY).containsEntry(bad, Health.UNHEALTHY);
    }

    private Health health(String name) {
        return engine.container(name).orElseThrow().health();
    }

    @Test
    void aNameThatIsTakenIsRefusedAndTheOtherContainerStays() {
        String name = name("twice");
        String first = create(name, sleeping());
        assertThatThrownBy(() -> create(name, sleeping()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("Could not create the container " + name);
        assertThat(engine.container(name).orElseThrow().id()).isEqualTo(first);
    }

    @Test
    void aMissingImageIsNamed() {
        assertThatThrownBy(() -> create(name("missing"), SpecBuilder.of("docker-it/missing:1", "true")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("docker-it/missing:1");
        var pinned = new ImageSource.Pulled("docker-it/missing:1", "sha256:" + "0".repeat(64));
        assertThatThrownBy(() -> create(name("missing"), SpecBuilder.of(pinned)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("docker-it/missing:1");
        assertThat(engine.hasImage(pinned)).isFalse();
    }

    @Test
    void aCommandThatDoesNotExistIsTheStartsFailure() {
        String name = name("nocommand");
        create(name, SpecBuilder.of(image, "/bin/no-such-command").withoutInit());
        assertThatThrownBy(() -> engine.start(name))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("no-such-command")
                .extracting(e -> ((EngineException) e).remedy())
                .asString()
                .contains("command");
    }

    @Test
    void aPortInUseIsExplained() {
        String first = name("port-a");
        String second = name("port-b");
        network("ports");
        var port = new PublishedPort("127.0.0.1", 47_613, 80, "tcp");
        create(first, sleeping().network(name("ports")).publish(port));
        create(second, sleeping().network(name("ports")).publish(port));
        engine.start(first);
        assertThatThrownBy(() -> engine.start(second))
                .isInstanceOf(EngineException.class)
                .extracting(e -> ((EngineException) e).remedy())
                .asString()
                .contains("port");
    }

    @Test
    void anImageIsPinnedByItsId() {
        String digest = engine.imageDigest(image).orElseThrow();
        assertThat(digest).startsWith("sha256:");
        var pinned = new ImageSource.Pulled(image, digest);
        assertThat(engine.hasImage(pinned)).isTrue();
        String name = name("pinned");
        create(name, SpecBuilder.of(pinned).shell("echo pinned"));
        engine.start(name);
        assertThat(engine.await(name)).isZero();
        assertThat(engine.imageDigest("docker-it/missing:1")).isEmpty();
    }

    @Test
    void theSpecificationArrivesInTheContainer() {
        String name = name("spec");
        String volume = name("volume");
        engine.ensureVolume(new VolumeSpec(volume, "local", Map.of(), Map.of("a", "1"), false), Map.of("b", "2"));
        var resources = new ContainerSpec.Resources(
                64L << 20, 0, 0, 50, 16L << 20, Map.of("nofile", new ContainerSpec.Ulimit(123, 456)), Map.of());
        create(
                name,
                busybox()
                        .shell("echo $A; id -u; ulimit -n; cat /files/secret; stat -c '%a %u %g' /files/secret /files;"
                                + " df -k /dev/shm | tail -1 | awk '{print $2}'; touch /data/x && echo written;"
                                + " touch /scratch/x && echo scratched; touch /x 2>/dev/null || echo read-only")
                        .environment("A", "with space = ü")
                        .file("/files/secret", 0440, 0, 77)
                        .mount(new Mount(Mount.Kind.VOLUME, volume, "/data", false))
                        .tmpfs("/scratch", "size=1m")
                        .resources(resources)
                        .readOnly(),
                "top\nsecret\n".getBytes(UTF_8));
        engine.start(name);
        assertThat(engine.await(name)).isZero();
        assertThat(output(name))
                .containsExactly(
                        "with space = ü",
                        "0",
                        "123",
                        "top",
                        "secret",
                        "440 0 77",
                        "755 0 0",
                        "16384",
                        "written",
                        "scratched",
                        "read-only");
        assertThat(engine.volumes(Map.of("a", "1", "b", "2"))).containsExactly(volume);
        engine.remove(name);
        engine.removeVolume(volume);
        engine.removeVolume(volume);
        assertThat(engine.volumes(Map.of("a", "1"))).isEmpty();
    }

    @Test
    void aFolderOfTheHostThatDoesNotExistIsMade() {
        String name = name("bind");
        String source = folder.resolve("made/by/engine").toString();
        create(
                name,
                busybox()
                        .shell("ls -d /in && touch /in/x 2>&1 || echo refused")
                        .mount(new Mount(Mount.Kind.BIND, source, "/in", true)));
        engine.start(name);
        assertThat(engine.await(name)).isZero();
        assertThat(output(name)).first().isEqualTo("/in");
        assertThat(output(name)).last().isEqualTo("refused");
    }

    @Test
    void aContainerWhoseFilesCannotBeCopiedIsNotLeftBehind() {
        var readOnly = new Mount(Mount.Kind.BIND, folder.toString(), "/in", true);
        assertThatThrownBy(() -> create(
                        name("half"), sleeping().mount(readOnly).file("/in/secret", 0400, 0, 0), "x".getBytes(UTF_8)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("Could not create the container " + name("half"));
        assertThat(engine.container(name("half"))).isEmpty();
    }

    @Test
    void anExternalVolumeMustExist() {
        var external = new VolumeSpec(name("external"), "local", Map.of(), Map.of(), true);
        assertThatThrownBy(() -> engine.ensureVolume(external, Map.of())).isInstanceOf(EngineException.class);
    }

    @Test
    void theRestartPolicyIsNoneUntilItIsChanged() {
        String name = name("restart");
        create(name, busybox().shell("sleep 0.2; exit 9"));
        engine.start(name);
        assertThat(engine.await(name)).isEqualTo(9);
        engine.updateRestart(name, new RestartPolicy(RestartPolicy.Mode.ALWAYS, 0));
        engine.start(name);
        await(
                "a restart by the engine",
                () -> engine.container(name).orElseThrow().status() == Status.RESTARTING);
        assertThat(engine.container(name).orElseThrow().exitCode()).contains(9);
        engine.updateRestart(name, RestartPolicy.NEVER);
        engine.stop(name, Duration.ofSeconds(1));
    }

    @Test
    void aHundredCallsAtOnceAreAnswered() throws Exception {
        String name = name("many");
        create(name, sleeping());
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<Optional<ContainerState>>>();
            for (int i = 0; i < 100; i++) {
                answers.add(executor.submit(() -> engine.container(name)));
            }
            for (Future<Optional<ContainerState>> answer : answers) {
                assertThat(answer.get(60, TimeUnit.SECONDS)).isPresent();
            }
        }
    }

    @Test
    void registriesThatCannotBeReachedAreNoFailureOfTheEngine() {
        assertThat(engine.registryDigest("127.0.0.1:1/docker-it/missing:1")).isEmpty();
        assertThatThrownBy(() -> engine.pull(new ImageSource.Pulled("127.0.0.1:1/docker-it/missing:1", ""), line -> {}))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("Could not fetch the image 127.0.0.1:1/docker-it/missing:1");
    }
}
