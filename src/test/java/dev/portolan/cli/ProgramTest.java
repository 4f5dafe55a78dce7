package dev.portolan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portolan.model.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line in a folder of its own, on a machine whose engine does not answer. */
class ProgramTest {
    private static final String COMPOSE = """
            services:
              web:
                image: shop/web:1
                ports: ["8080:3000"]
            """;

    @TempDir
    Path folder;

    private CommandLineRun portolan;

    @BeforeEach
    void start() {
        portolan = new CommandLineRun(folder);
    }

    @Test
    void versionAndHelpMakeNoParts() {
        assertThat(portolan.run("--version")).isZero();
        assertThat(portolan.output()).isEqualTo("portolan (built from source)\n");
        assertThat(portolan.run("deploy", "--help")).isZero();
        assertThat(portolan.partsMade()).isFalse();
    }

    @Test
    void aWrongCommandLineSaysWhatWasMeant() {
        assertThat(portolan.run("statsu")).isEqualTo(ExitCode.USAGE.status());
        assertThat(portolan.error()).isEqualTo("""
                error: there is no command "statsu"
                  did you mean "portolan status"?
                """);
    }

    @Test
    void aFolderWithoutAnAppSaysSo() {
        assertThat(portolan.run("plan")).isEqualTo(ExitCode.USAGE.status());
        assertThat(portolan.error()).contains("compose.yaml").contains("nothing was changed");
    }

    @Test
    void initWritesAFileThatTheOthersRead() throws IOException {
        Files.writeString(folder.resolve("compose.yaml"), COMPOSE);

        assertThat(portolan.run("init", "--regions", "dublin,sydney")).isZero();

        assertThat(portolan.output()).isEqualTo("""
                wrote %s/portolan.yml
                see what it would do with: portolan plan; try it on this machine with: portolan up
                """.formatted(folder));
        assertThat(Files.readString(folder.resolve("portolan.yml"))).contains("primary: dublin", "service: web");
        assertThat(portolan.run("init")).isEqualTo(ExitCode.USAGE.status());
        assertThat(portolan.error()).contains("there is a portolan.yml in " + folder + " already");
        assertThat(portolan.run("lock")).isZero();
    }

    @Test
    void aPlaceThatNobodyKnowsIsRefused() throws IOException {
        Files.writeString(folder.resolve("compose.yaml"), COMPOSE);

        assertThat(portolan.run("init", "--regions", "dublin,sydny")).isEqualTo(ExitCode.USAGE.status());
        assertThat(portolan.error()).isEqualTo("""
                error: the place "sydny" is not known
                  did you mean sydney?
                """);
        assertThat(folder.resolve("portolan.yml")).doesNotExist();
    }

    @Test
    void statusWorksWithoutAnEngineAndBeforeTheFirstDeploy() throws IOException {
        app();

        assertThat(portolan.run("status")).isEqualTo(ExitCode.FAILED.status());

        assertThat(portolan.output()).isEqualTo("""
                shop  nothing is deployed; deploy it with: portolan deploy

                REGION            HOST   READERS  SHARE  SERVICE          HEALTHY  RELEASE  AGE
                dublin (primary)  local  -        -      does not answer
                sydney            local  -        -      does not answer

                ROUTE   SERVICE   READERS AT
                http *  web:3000  localhost:8080

                ! host dublin/local does not answer: no engine; check it with: portolan doctor
                ! host sydney/local does not answer: no engine; check it with: portolan doctor
                """);
    }

    @Test
    void historyAndLockAreEmptyAtFirst() throws IOException {
        app();

        assertThat(portolan.run("history")).isZero();
        assertThat(portolan.run("lock")).isZero();
        assertThat(portolan.output()).isEqualTo("""
                nothing was deployed yet; deploy it with: portolan deploy
                shop is not locked
                """);
    }

    @Test
    void aLockIsShownAndBroken() throws IOException {
        app();
        Path lock = portolan.state().resolve("dublin/apps/shop/lock");
        Files.createDirectories(lock.getParent());
        Files.writeString(lock, """
                {"token":"t","who":"ann@box","machine":"box","process":4242,"purpose":"deploy","since":"2026-11-24T12:00:00Z","renewal":1}""");

        assertThat(portolan.run("lock", "--break")).isZero();

        assertThat(portolan.output()).isEqualTo("""
                shop is locked by ann@box (process 4242) for deploy, since 2026-11-24 12:00:00
                the lock of shop is broken; see what serves now with: portolan status
                """);
        assertThat(lock).doesNotExist();
    }

    @Test
    void whenSomebodyElseHoldsTheLockTheExitCodeSaysSo() throws IOException {
        app();
        Path lock = portolan.state().resolve("dublin/apps/shop/lock");
        Files.createDirectories(lock.getParent());
        Files.writeString(lock, """
                {"token":"t","who":"ann@box","machine":"box","process":4242,"purpose":"deploy","since":"2026-11-24T12:00:00Z","renewal":1}""");

        assertThat(portolan.run("rollback")).isEqualTo(ExitCode.LOCKED.status());
        assertThat(portolan.error())
                .startsWith("error: the app is locked by ann@box for deploy since 2026-11-24T12:00:00Z");
    }

    @Test
    void whatIsNotDeployedCannotBeLookedInto() throws IOException {
        app();

        for (List<String> line : List.of(
                List.of("exec", "web", "sh"), List.of("run", "web", "sh"), List.of("logs"), List.of("logs", "-f"))) {
            assertThat(portolan.run(line.toArray(String[]::new))).isEqualTo(ExitCode.USAGE.status());
            assertThat(portolan.error()).isEqualTo("""
                    error: nothing of shop is deployed yet
                      deploy it with: portolan deploy
                    """);
        }
        assertThat(portolan.run("rollback")).isEqualTo(ExitCode.USAGE.status());
        assertThat(portolan.error()).contains("there is no earlier release to go back to");
    }

    @Test
    void aFolderBelowTheAppIsTheApps() throws IOException {
        app();
        Path below = Files.createDirectories(folder.resolve("src/main"));
        CommandLineRun there = new CommandLineRun(below);

        assertThat(there.run("lock")).isZero();
        assertThat(there.output()).isEqualTo("shop is not locked\n");
        assertThat(new CommandLineRun(Path.of("/")).run("lock", "-C", folder.toString()))
                .isZero();
    }

    @Test
    void everyProblemOfAConfigurationIsALine() throws IOException {
        app();
        Files.writeString(folder.resolve("compose.yaml"), """
                services:
                  web:
                    imagee: shop/web:1
                    prots: ["8080:3000"]
                """);

        assertThat(portolan.run("plan")).isEqualTo(ExitCode.USAGE.status());
        assertThat(portolan.error())
                .contains("compose.yaml:3:5: services/web/imagee: ")
                .contains("compose.yaml:4:5: services/web/prots: ")
                .endsWith("  correct the places above and run the command again; nothing was changed\n");
    }

    @Test
    void jsonIsAnEventALineAndTheLastOneIsTheSummary() throws IOException {
        app();
        for (List<String> line : List.of(
                List.of("status", "--output", "json"),
                List.of("history", "--output", "json"),
                List.of("lock", "-o", "json"),
                List.of("rollback", "-o", "json"),
                List.of("plan", "-o", "json"),
                List.of("doctor", "-o", "json"),
                List.of("exec", "-o", "json", "web", "sh"),
                List.of("deploy", "--wrong", "--output=json"))) {
            int exit = portolan.run(line.toArray(String[]::new));

            List<JsonNode> events = portolan.jsonEvents(new ObjectMapper());
            assertThat(events).as("%s", line).hasSizeGreaterThan(1);
            assertThat(events).allMatch(event -> event.get("event").isTextual());
            assertThat(events.getLast().get("event").asText()).isEqualTo("summary");
            assertThat(events.getLast().get("result").isTextual()).isTrue();
            assertThat(events.getLast().get("exit").asInt()).isEqualTo(exit);
            assertThat(portolan.error()).isEmpty();
        }
    }

    @Test
    void whatNobodyForesawSaysHowToReportIt() throws IOException {
        app();
        portolan.breakParts();

        assertThat(portolan.run("status")).isEqualTo(ExitCode.FAILED.status());
        assertThat(portolan.error()).isEqualTo("""
                error: something happened that Portolan does not know: java.lang.IllegalStateException: broken on purpose
                  this is a defect of Portolan: run it again with PORTOLAN_DEBUG=1 and report what it prints
                """);
        assertThat(portolan.run("undrain", "sydney")).isEqualTo(ExitCode.UNKNOWN_STATE.status());

        portolan.setVariable("PORTOLAN_DEBUG", "1");
        assertThat(portolan.run("status")).isEqualTo(ExitCode.FAILED.status());
        assertThat(portolan.error())
                .contains("\tat dev.portolan.cli.")
                .contains("please report it with the trace above");
    }

    private void app() throws IOException {
        Files.writeString(folder.resolve("compose.yaml"), COMPOSE);
        Files.writeString(folder.resolve("portolan.yml"), """
                app: shop
                primary: dublin
                regions:
                  dublin: { hosts: [local] }
                  sydney: { hosts: [local] }
                """);
    }
}
