package dev.portolan.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.docker.ContainerEngine.Terminal;
import dev.portolan.model.ContainerState;
import dev.portolan.model.Desired;
import dev.portolan.model.HostId;
import dev.portolan.rollout.RolloutResult;
import dev.portolan.rollout.RolloutState;
import dev.portolan.testing.Harbour;
import dev.portolan.testing.TestImages;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Files and folders of the project, mounted by a service in three regions on one engine, from release to release. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProjectFilesIT {
    private static final String COMPOSE = """
            services:
              reader:
                image: IMAGE
                command: [sleep, "100000"]
                stop_grace_period: 0s
                volumes:
                  - ./motd:/etc/motd
                  - ./conf:/conf:ro
                  - ./uploads:/uploads
                  - ./pages:/pages
              settings:
                image: IMAGE
                command: [sleep, "100000"]
                stop_grace_period: 0s
                configs: [inline, { source: inline, target: /etc/named, uid: "5", gid: "6", mode: 0400 }, version, private]
                secrets: [token, { source: token, target: only_gid, gid: "7" }, { source: private, uid: "9", mode: 0444 }]
            configs:
              inline: { content: hello }
              version: { environment: RELEASE }
              private: { file: ./private }
            secrets:
              token: { environment: RELEASE }
              private: { file: ./private }
            """;

    @TempDir(cleanup = CleanupMode.NEVER)
    private static Path folder;

    private static Harbour harbour;

    @BeforeAll
    static void open() throws Exception {
        harbour = Harbour.in(folder, Duration.ofMillis(200));
        Path app = harbour.folder();
        Files.writeString(
                app.resolve("compose.override.yaml"), COMPOSE.replace("IMAGE", TestImages.busybox(harbour.client())));
        Files.writeString(app.resolve("motd"), "first");
        Files.createDirectories(app.resolve("conf/empty"));
        Files.createDirectories(app.resolve("pages"));
        Files.writeString(app.resolve("pages/index"), "seed");
        Files.writeString(app.resolve("conf/run"), "echo ran");
        Files.setPosixFilePermissions(app.resolve("conf/run"), PosixFilePermissions.fromString("rwxr-x--x"));
        Files.createSymbolicLink(app.resolve("conf/current"), Path.of("run"));
        Files.writeString(app.resolve("private"), "of a file");
        Files.setPosixFilePermissions(app.resolve("private"), PosixFilePermissions.fromString("rw-------"));
        if (System.getProperty("user.name").equals("root")) {
            Files.setAttribute(app.resolve("private"), "unix:uid", 1234);
            Files.setAttribute(app.resolve("private"), "unix:gid", 1235);
        }
        deploy();
    }

    @AfterAll
    static void close() {
        Harbour.closeAll();
    }

    private static Desired deploy() {
        Desired release = harbour.release("v1");
        Optional<RolloutResult> result = harbour.deploy(release);
        assertThat(result.map(RolloutResult::state)).as(result.toString()).contains(RolloutState.COMMITTED);
        return release;
    }

    private static ContainerState reader(String region) {
        return container(region, "reader");
    }

    private static ContainerState container(String region, String service) {
        List<ContainerState> running = harbour.running(harbour.release("v1"), region, service);
        assertThat(running).hasSize(1);
        return running.getFirst();
    }

    /** What a shell in the region's reader prints. */
    private static String in(String region, String script) {
        return in(reader(region), script);
    }

    private static String in(ContainerState container, String script) {
        var output = new ByteArrayOutputStream();
        harbour.client()
                .exec(
                        container.name(),
                        List.of("sh", "-c", "{ " + script + "; } 2>&1"),
                        new Terminal(
                                new ByteArrayInputStream(new byte[0]), output, OutputStream.nullOutputStream(), false));
        return output.toString(StandardCharsets.UTF_8).strip();
    }

    private static Set<String> contents() throws Exception {
        return new TreeSet<>(harbour.app()
                .fleet()
                .on(new HostId(harbour.regions().getFirst(), "local"))
                .trees()
                .stored()
                .contents());
    }

    private static void change(String content) throws Exception {
        Files.writeString(harbour.folder().resolve("motd"), content);
    }

    @Test
    @Order(1)
    void everyRegionHasTheSameFilesWithTheirModesLinksAndEmptyFolders() throws Exception {
        for (String region : harbour.regions()) {
            assertThat(in(
                            region,
                            "cat /etc/motd; echo; sh /conf/current; stat -c '%a %F %n' /conf/run /conf/empty;"
                                    + " readlink /conf/current"))
                    .isEqualTo("""
                            first
                            ran
                            751 regular file /conf/run
                            755 directory /conf/empty
                            run""");
        }
        assertThat(contents()).as("one of the file, one of the folder").hasSize(2);
    }

    /** The words are those that a container of Docker Compose 2.40 printed on the same engine. */
    @Test
    @Order(2)
    void configsAndSecretsAreThoseOfDockerCompose() throws Exception {
        Object user = Files.getAttribute(harbour.folder().resolve("private"), "unix:uid");
        Object group = Files.getAttribute(harbour.folder().resolve("private"), "unix:gid");

        assertThat(
                        in(
                                container(harbour.regions().getFirst(), "settings"),
                                "stat -c '%a %u:%g %n' /inline /etc/named /version /private /run/secrets/*; cat /version /private"))
                .isEqualTo("""
                        444 0:0 /inline
                        400 5:6 /etc/named
                        444 0:0 /version
                        600 OWNER /private
                        444 0:7 /run/secrets/only_gid
                        600 OWNER /run/secrets/private
                        444 0:0 /run/secrets/token
                        v1of a file""".replace("OWNER", user + ":" + group));
    }

    @Test
    @Order(2)
    void nobodyWritesToWhatTravels() {
        String region = harbour.regions().getFirst();

        assertThat(in(region, "echo x > /etc/motd")).contains("Read-only file system");
        assertThat(in(region, "echo x > /conf/new")).contains("Read-only file system");
    }

    @Test
    @Order(3)
    void theSameFilesAreNothingToDo() {
        assertThat(harbour.deploy(harbour.release("v1"))).isEmpty();
    }

    @Test
    @Order(4)
    void aChangedFileReplacesTheContainerAndARollbackBringsBackTheOldOneWithTheOldFile() throws Exception {
        String region = harbour.regions().getFirst();
        ContainerState before = reader(region);
        Desired old = harbour.release("v1");
        in(region, "echo app > /uploads/kept; echo app > /pages/index");

        change("second");
        Files.writeString(harbour.folder().resolve("pages/index"), "changed in the project");
        assertThat(Changes.between(Optional.of(old), harbour.release("v1")).summary())
                .isEqualTo("reader: changed (file ./motd)");
        deploy();

        assertThat(reader(region).name()).isNotEqualTo(before.name());
        assertThat(in(region, "cat /etc/motd; echo; cat /uploads/kept /pages/index"))
                .isEqualTo("second\napp\napp");
        assertThat(contents()).hasSize(3);

        change("first");
        assertThat(new Rollback(harbour.app())
                        .rollback(Optional.of(old.release()), Harbour.options(event -> {}))
                        .map(RolloutResult::state))
                .contains(RolloutState.COMMITTED);
        assertThat(reader(region).name()).isEqualTo(before.name());
        assertThat(in(region, "cat /etc/motd; echo; cat /uploads/kept /pages/index"))
                .isEqualTo("first\napp\napp");
    }

    @Test
    @Order(5)
    void aReleaseWhoseFilesAreGoneFromTheProjectIsGoneBackToAllTheSame() throws Exception {
        String region = harbour.regions().getFirst();
        Desired old = harbour.release("v1");
        change("third");
        deploy();
        change("fourth");
        deploy();
        Files.delete(harbour.folder().resolve("motd"));

        assertThat(new Rollback(harbour.app())
                        .rollback(Optional.of(old.release()), Harbour.options(event -> {}))
                        .map(RolloutResult::state))
                .contains(RolloutState.COMMITTED);

        change("first");
        assertThat(in(region, "cat /etc/motd")).isEqualTo("first");
    }

    @Test
    @Order(6)
    void eachRegionHasDataOfItsOwnWhichBeginsWithWhatTheProjectHad() {
        String last = harbour.regions().getLast();

        assertThat(in(last, "cat /pages/index; ls /uploads | wc -l; stat -c '%a' /uploads"))
                .isEqualTo("seed0\n755");
    }
}
