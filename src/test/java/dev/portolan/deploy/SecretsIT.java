package dev.portolan.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.docker.ContainerEngine.Terminal;
import dev.portolan.model.ContainerState;
import dev.portolan.model.Labels;
import dev.portolan.model.Secret;
import dev.portolan.secrets.age.AgeStore;
import dev.portolan.testing.Commands;
import dev.portolan.testing.Harbour;
import dev.portolan.testing.PortolanProcess;
import dev.portolan.testing.PortolanProcess.Ended;
import dev.portolan.testing.TestImages;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Secrets of an encrypted file and of the environment, from release to release, by the command line as people call it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecretsIT {
    private static final String FIRST = "c4nary/one?+first";
    private static final String SECOND = "c4nary/two?+second";
    private static final String QUEUE = "c4nary/queue?+x";
    private static final String KEY = "c4nary key of TLS\nc4nary second line\n";

    private static final String COMPOSE = """
            services:
              keeper:
                image: IMAGE
                command: [sleep, "100000"]
                stop_grace_period: 0s
                environment: [DATABASE_URL]
                secrets: [{ source: tls_key, uid: "7", gid: "8", mode: 0400 }]
              courier:
                image: IMAGE
                command: [sleep, "100000"]
                stop_grace_period: 0s
                environment: { QUEUE: }
              bystander:
                image: IMAGE
                command: [sleep, "100000"]
                stop_grace_period: 0s
            secrets:
              tls_key: { external: true, name: main/TLS_KEY }
            """;

    @TempDir(cleanup = CleanupMode.NEVER)
    private static Path folder;

    private static final List<String> OUTPUTS = new ArrayList<>();
    private static final Set<String> SEEN_COMMANDS = new TreeSet<>();
    private static Harbour harbour;
    private static AgeStore store;
    private static String queue = QUEUE;

    @BeforeAll
    static void open() throws Exception {
        harbour = Harbour.in(folder, Duration.ofMillis(200));
        Path app = harbour.folder();
        Files.writeString(app.resolve("compose.yaml"), compose());
        StringBuilder regions = new StringBuilder();
        for (String region : harbour.regions()) {
            regions.append("  ").append(region).append(": { at: dublin, hosts: [local], secrets: all }\n");
        }
        Files.writeString(
                app.resolve("portolan.yml"), """
                app: APP
                primary: PRIMARY
                routes: []
                regions:
                REGIONSenv:
                  DATABASE_URL: "mysql://shop:${secret:main/DB_PASSWORD}@db/shop"
                  QUEUE: ${secret:shell/QUEUE_URL}
                secrets:
                  main: { store: age, file: "${secrets}.age" }
                  shell: { store: environment }
                rollout: { monitor: 100ms }
                traffic: { provider: none }
                release: { service: keeper, command: [sh, -c, "echo $DATABASE_URL; cat /run/secrets/tls_key; echo done"] }
                """.replace("APP", harbour.app().name())
                        .replace("PRIMARY", harbour.regions().getFirst())
                        .replace("REGIONS", regions.toString()));
        store = new AgeStore(app.resolve("all.age"), Map.of("HOME", folder.toString()), InstantSource.system());
        store.create(List.of());
        store.set("DB_PASSWORD", secret(FIRST));
        store.set("TLS_KEY", secret(KEY));
    }

    @AfterAll
    static void close() {
        Harbour.closeAll();
    }

    private static String compose() {
        return COMPOSE.replace("IMAGE", TestImages.busybox(harbour.client()));
    }

    private static Secret secret(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Runs a command and looks at the process table all the while. */
    private static Ended portolan(String... arguments) throws Exception {
        Map<String, String> environment = harbour.environment("v1");
        environment.put(
                "PORTOLAN_AGE_KEY_FILE",
                folder.resolve(".config/portolan/age.txt").toString());
        environment.put("QUEUE_URL", queue);
        PortolanProcess process = PortolanProcess.start(harbour, environment, List.of(arguments));
        Thread watch = Thread.ofVirtual().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                lookAtProcesses();
            }
        });
        try {
            return process.await();
        } finally {
            watch.interrupt();
            watch.join();
            OUTPUTS.add(process.text());
        }
    }

    private static void lookAtProcesses() {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            processes.forEach(process -> commandLine(process).ifPresent(SEEN_COMMANDS::add));
            Thread.sleep(5);
        } catch (IOException none) {
            throw new IllegalStateException(none);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<String> commandLine(Path process) {
        try {
            return Optional.of(Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static ContainerState container(String service) {
        List<ContainerState> running =
                harbour.running(harbour.release("v1"), harbour.regions().getFirst(), service);
        assertThat(running).hasSize(1);
        return running.getFirst();
    }

    private static String in(String service, String script) {
        var output = new ByteArrayOutputStream();
        harbour.client()
                .exec(
                        container(service).name(),
                        List.of("sh", "-c", script),
                        new Terminal(
                                new ByteArrayInputStream(new byte[0]), output, OutputStream.nullOutputStream(), false));
        return output.toString(StandardCharsets.UTF_8);
    }

    @Test
    @Order(1)
    void aContainerHasTheValuesInItsEnvironmentAndAsAFileWithComposesModeAndOwner() throws Exception {
        Ended ended = portolan("deploy", "--yes");

        assertThat(ended.exitCode()).as(OUTPUTS.getLast()).isZero();
        assertThat(in("keeper", "echo \"$DATABASE_URL\"")).isEqualTo("mysql://shop:" + FIRST + "@db/shop\n");
        assertThat(in("keeper", "cat /run/secrets/tls_key")).isEqualTo(KEY);
        assertThat(in("keeper", "stat -c '%a %u %g' /run/secrets/tls_key")).isEqualTo("400 7 8\n");
        assertThat(in("courier", "echo \"$QUEUE\"")).isEqualTo(QUEUE + "\n");
        assertThat(portolan("deploy", "--yes").result()).isEqualTo("nothing to do");
    }

    @Test
    @Order(2)
    void anotherValueReplacesExactlyWhatUsesItAndPlanAndHistorySayItsVersions() throws Exception {
        String bystander = container("bystander").id();
        String courier = container("courier").id();
        store.set("DB_PASSWORD", secret(SECOND));

        assertThat(portolan("plan").exitCode()).isZero();
        assertThat(OUTPUTS.getLast()).contains("secret main/DB_PASSWORD v1 -> v2");
        assertThat(portolan("deploy", "--yes").exitCode()).isZero();

        assertThat(in("keeper", "echo \"$DATABASE_URL\"")).isEqualTo("mysql://shop:" + SECOND + "@db/shop\n");
        assertThat(container("bystander").id()).isEqualTo(bystander);
        assertThat(container("courier").id()).isEqualTo(courier);
        portolan("history");
        assertThat(OUTPUTS.getLast()).contains("secret main/DB_PASSWORD v1 -> v2");
    }

    @Test
    @Order(3)
    void aRollbackThatMakesContainersAnewBringsTheOldValueBack() throws Exception {
        removeAllButRunning();

        assertThat(portolan("rollback", "--yes").exitCode())
                .as(OUTPUTS.getLast())
                .isZero();
        assertThat(in("keeper", "echo \"$DATABASE_URL\"")).isEqualTo("mysql://shop:" + FIRST + "@db/shop\n");
        assertThat(in("keeper", "cat /run/secrets/tls_key")).isEqualTo(KEY);
    }

    /** What a rollback would otherwise only have to start. */
    private static void removeAllButRunning() {
        Set<String> serving = new TreeSet<>();
        for (String service : List.of("keeper", "courier", "bystander")) {
            for (String region : harbour.regions()) {
                harbour.running(harbour.release("v1"), region, service).stream()
                        .max((one, other) -> one.created().compareTo(other.created()))
                        .ifPresent(newest -> serving.add(newest.name()));
            }
        }
        harbour.client().containers(Map.of(Labels.APP, harbour.app().name())).stream()
                .filter(container -> !container.service().isEmpty() && !serving.contains(container.name()))
                .forEach(container -> harbour.client().remove(container.name()));
    }

    @Test
    @Order(4)
    void aStoreWithoutVersionsSaysThatItIsAnotherValueAndNothingChanges() throws Exception {
        queue = "c4nary/queue?+other";
        assertThat(portolan("deploy", "--yes").exitCode()).isZero();
        assertThat(OUTPUTS.getLast()).contains("secret shell/QUEUE_URL changed");
        removeAllButRunning();
        String courier = container("courier").id();

        Ended refused = portolan("rollback", "--yes");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(OUTPUTS.getLast())
                .contains("the secret \\\"QUEUE_URL\\\" is another one in the environment of this command than when the"
                        + " release was made")
                .contains("nothing was changed");
        assertThat(container("courier").id()).isEqualTo(courier);
    }

    @Test
    @Order(5)
    void oneThatIsMissingIsSaidBeforeAnythingChanges() throws Exception {
        store.remove("TLS_KEY", false);
        store.set("TLS_KEYS", secret("c4nary"));

        Ended refused = portolan("deploy", "--yes");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(OUTPUTS.getLast())
                .contains("region " + harbour.regions().getLast()
                        + ": there is no secret \\\"TLS_KEY\\\" in the file all.age")
                .contains("did you mean \\\"TLS_KEYS\\\"?");
        store.set("TLS_KEY", secret(KEY));
    }

    @Test
    @Order(6)
    void aContainerThatSaysItsSecretsAndEndsIsShownWithoutThem() throws Exception {
        Files.writeString(
                harbour.folder().resolve("compose.yaml"),
                compose()
                        .replaceFirst(
                                "command: \\[sleep, \"100000\"]",
                                "command: [sh, -c, 'env; echo \"\\$\\$DATABASE_URL\" | base64; cat /run/secrets/tls_key; exit 1']"));

        assertThat(portolan("deploy", "--yes").exitCode()).as(OUTPUTS.getLast()).isEqualTo(1);
        assertThat(OUTPUTS.getLast()).contains("(secret)");
        Files.writeString(harbour.folder().resolve("compose.yaml"), compose());
        portolan("history", "--last", "1");
        portolan("status");
    }

    @Test
    @Order(7)
    void noValueIsAnywhereBesideTheContainersThemselves() throws Exception {
        assertThat(OUTPUTS).hasSizeGreaterThan(9);
        OUTPUTS.forEach(output -> assertClean("output", output));
        assertThat(SEEN_COMMANDS).anyMatch(line -> line.contains("dev.portolan.Main"));
        SEEN_COMMANDS.forEach(line -> assertClean("process table", line));
        int files = 0;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                assertClean(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
                files++;
            }
        }
        assertThat(files).isGreaterThan(10);
        Path key = folder.resolve("s/" + harbour.app().name() + "/"
                + harbour.regions().getFirst() + "/apps/" + harbour.app().name() + "/fingerprints.private");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        for (ContainerState container :
                harbour.client().containers(Map.of(Labels.APP, harbour.app().name()))) {
            String inspection = Commands.run(
                    "docker",
                    "-H",
                    "unix://" + harbour.engine().socket(),
                    "inspect",
                    "--format",
                    "{{.Name}} {{.Path}} {{json .Args}} {{json .Config.Labels}} {{json .Config.Cmd}} {{json .HostConfig}} {{json"
                            + " .Mounts}} {{json .Config.Healthcheck}}",
                    container.name());
            assertClean("docker inspect " + container.name(), inspection);
        }
    }

    private static void assertClean(String where, String text) {
        for (String value : List.of(FIRST, SECOND, QUEUE, "c4nary/queue?+other", KEY, "c4nary second line", "c4nary")) {
            for (String before :
                    List.of("", "x", "xx")) { // in base64 it looks otherwise at each place of a group of three
                String base64 = Base64.getEncoder()
                        .withoutPadding()
                        .encodeToString((before + value).getBytes(StandardCharsets.UTF_8));
                assertThat(text)
                        .as(where)
                        .doesNotContain(
                                base64.substring(before.isEmpty() ? 0 : before.length() + 1, base64.length() - 1));
            }
            assertThat(text).as(where).doesNotContain(value, URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}
