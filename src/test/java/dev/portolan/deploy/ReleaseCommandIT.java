package dev.portolan.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.docker.ContainerEngine.Terminal;
import dev.portolan.journal.JournalEntry.CommandEnded;
import dev.portolan.model.ContainerState;
import dev.portolan.model.Desired;
import dev.portolan.model.Labels;
import dev.portolan.plan.Step;
import dev.portolan.rollout.ReleaseCommandsLeft;
import dev.portolan.rollout.RolloutEvent;
import dev.portolan.rollout.RolloutResult;
import dev.portolan.rollout.RolloutState;
import dev.portolan.testing.Harbour;
import dev.portolan.testing.Readership;
import dev.portolan.testing.Serving;
import dev.portolan.testing.TestImages;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A release command that writes down in a volume when it is run, and needs the database. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReleaseCommandIT {
    private static final long FEWEST_REQUESTS = 200;

    @TempDir(cleanup = CleanupMode.NEVER)
    private static Path folder;

    private static Harbour harbour;

    @BeforeAll
    static void open() throws Exception {
        harbour = Harbour.in(folder, Duration.ofSeconds(1));
        TestImages.busybox(harbour.client());
        Path compose = harbour.folder().resolve("compose.yaml");
        Files.writeString(
                compose,
                Files.readString(compose)
                        .replace("  db:\n    image", """
                                  tasks:
                                    image: IMAGE
                                    environment: { VERSION: "${RELEASE}" }
                                    volumes: ["tasks:/log"]
                                    deploy: { replicas: 0 }
                                    depends_on: { db: { condition: service_healthy } }

                                  db:
                                    image\
                                """.replace("IMAGE", TestImages.BUSYBOX))
                        .replace("volumes:\n  db: {}\n", "volumes:\n  db: {}\n  tasks: {}\n"));
        Path portolan = harbour.folder().resolve("portolan.yml");
        Files.writeString(portolan, Files.readString(portolan) + """
                release:
                  service: tasks
                  command:
                    - sh
                    - -c
                    - |
                      echo begins $VERSION
                      nc -w 2 db 5432 </dev/null && echo the database answers
                      echo ran $VERSION >> /log/runs
                      case $VERSION in bad) echo no luck; exit 3;; slow) sleep 1000;; esac
                  timeout: 5s
                """);
    }

    @AfterAll
    static void close() {
        Harbour.closeAll();
    }

    @Test
    @Order(1)
    void aFirstDeployRunsItOnceWithTheDatabaseThere() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();

        assertThat(harbour.deploy(harbour.release("v1"), event -> see(event, seen))
                        .map(RolloutResult::state))
                .contains(RolloutState.COMMITTED);

        assertThat(seen).containsExactly("begins v1", "the database answers");
        assertThat(runs()).isEqualTo("ran v1\n");
        assertThat(lastCommand()).hasValueSatisfying(command -> {
            assertThat(command.succeeded()).isTrue();
            assertThat(command.output()).containsExactly("begins v1", "the database answers");
        });
        String output = harbour.app().journal().outputOf(harbour.release("v1").release());
        assertThat(Path.of(output)).content().isEqualTo("begins v1\nthe database answers\n");
        assertThat(left()).isEmpty();
    }

    @Test
    @Order(2)
    void eachNewReleaseRunsItOnceWhileReadersAreServed() throws Exception {
        try (Readership readers = Readership.of(harbour.release("v1"))) {
            assertThat(harbour.deploy(harbour.release("v2")).map(RolloutResult::state))
                    .contains(RolloutState.COMMITTED);
            assertThat(harbour.deploy(harbour.release("v2"))).isEmpty();
            readers.allServed(FEWEST_REQUESTS);
        }

        assertThat(runs()).isEqualTo("ran v1\nran v2\n");
        Serving.assertServes(harbour, "v2");
    }

    @Test
    @Order(3)
    void oneThatFailsChangesNothing() throws Exception {
        List<String> before = containers();

        try (Readership readers = Readership.of(harbour.release("v2"))) {
            assertThat(harbour.deploy(harbour.release("bad"))).hasValueSatisfying(result -> {
                assertThat(result.state()).isEqualTo(RolloutState.ROLLED_BACK);
                assertThat(result.reason().orElseThrow())
                        .isEqualTo("the release command exited with 3, and wrote last: no luck");
            });
            readers.allServed(1);
        }

        assertThat(containers()).isEqualTo(before);
        assertThat(left()).isEmpty();
        assertThat(lastCommand()).map(CommandEnded::how).contains("exited with 3");
        assertThat(harbour.app().history(notice -> {}).open()).isEmpty();
    }

    @Test
    @Order(4)
    void oneThatTakesTooLongIsEndedAndChangesNothing() throws Exception {
        List<String> before = containers();

        assertThat(harbour.deploy(harbour.release("slow"))).hasValueSatisfying(result -> {
            assertThat(result.state()).isEqualTo(RolloutState.ROLLED_BACK);
            assertThat(result.reason().orElseThrow())
                    .startsWith("the release command did not end within 5 s, and wrote last: ");
        });

        assertThat(containers()).isEqualTo(before);
        assertThat(left()).isEmpty();
    }

    @Test
    @Order(5)
    void aRollbackRunsItOnlyWhenAsked() throws Exception {
        String before = runs();

        assertThat(new Rollback(harbour.app()).rollback(Optional.empty(), Harbour.options(event -> {})))
                .map(RolloutResult::state)
                .contains(RolloutState.COMMITTED);
        assertThat(runs()).isEqualTo(before);

        assertThat(new Rollback(harbour.app()).rollback(Optional.empty(), true, Harbour.options(event -> {})))
                .map(RolloutResult::state)
                .contains(RolloutState.COMMITTED);
        assertThat(runs()).isEqualTo(before + "ran v2\n");
    }

    private static void see(RolloutEvent event, List<String> lines) {
        if (event instanceof RolloutEvent.StepWent went && went.step() instanceof Step.RunReleaseCommand) {
            lines.add(went.line());
        }
    }

    private static Optional<CommandEnded> lastCommand() {
        return harbour.app().history(notice -> {}).rollouts().reversed().stream()
                .flatMap(rollout -> rollout.entries().stream())
                .filter(CommandEnded.class::isInstance)
                .map(CommandEnded.class::cast)
                .findFirst();
    }

    /** What the volume of the command says. */
    private static String runs() {
        var output = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(InputStream.nullInputStream(), output, output, false);
        new OneOff(harbour.app()).run("tasks", Optional.empty(), List.of("cat", "/log/runs"), terminal, started -> {});
        return output.toString(StandardCharsets.UTF_8);
    }

    private static List<ContainerState> left() {
        return harbour.client()
                .containers(Map.of(
                        Labels.ROLE,
                        ReleaseCommandsLeft.ROLE,
                        Labels.RUN_OF,
                        harbour.app().name()));
    }

    /** Ids and states of the app's containers. */
    private static List<String> containers() {
        Desired release = harbour.release("v2");
        return release.regions().stream()
                .flatMap(
                        region -> harbour
                                .client()
                                .containers(Map.of(Labels.APP, harbour.app().name(), Labels.REGION, region.name()))
                                .stream())
                .map(container -> container.id() + " " + container.name() + " " + container.status())
                .sorted()
                .toList();
    }
}
