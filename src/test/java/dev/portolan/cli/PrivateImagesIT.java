package dev.portolan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.cli.PortolanProcess.Ended;
import dev.portolan.docker.ContainerEngine;
import dev.portolan.host.HostConnection;
import dev.portolan.model.ContainerState;
import dev.portolan.model.ExitCode;
import dev.portolan.model.Labels;
import dev.portolan.testing.Commands;
import dev.portolan.testing.Registry;
import dev.portolan.testing.TestEngine;
import dev.portolan.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An app whose image only those see who have logged in to its registry. */
class PrivateImagesIT {
    private static final String APP = "private";

    /** Short, since sockets are in it. */
    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private Optional<Registry> running = Optional.empty();
    private TestEngine shared;
    private HostConnection host;
    private ContainerEngine engine;
    private String image = "";

    @BeforeEach
    void anAppWithAPrivateImage() throws IOException {
        shared = TestEngine.shared();
        host = shared.host(folder.resolve("s"));
        engine = shared.open(host);
        running = Optional.of(Registry.start(folder.resolve("registry")));
        image = registry().address() + "/team/worker:1";
        registry().push(shared, TestImages.busybox(engine), image);
        Files.createDirectories(folder.resolve(APP));
        Files.writeString(folder.resolve(APP + "/compose.yaml"), """
                services:
                  worker:
                    image: %s
                    init: true
                    command: [sleep, "10000"]
                """.formatted(image));
        Files.writeString(folder.resolve(APP + "/portolan.yml"), """
                app: private
                rollout: { monitor: 1s, keep: 1m, drain: 2s, healthy: 30s }
                regions:
                  oslo: { hosts: [local] }
                """);
        environment.put("DOCKER_HOST", "unix://" + shared.socket());
        environment.put("PORTOLAN_STATE", folder.resolve("s").toString());
        environment.put("PATH", folder.resolve("programs") + ":" + System.getenv("PATH"));
        environment.put("DOCKER_CONFIG", folder.resolve("docker").toString());
    }

    @AfterEach
    void takeItAway() throws IOException, InterruptedException {
        try {
            portolan("down", "--volumes", "--yes");
            Commands.run("docker", "--host", "unix://" + shared.socket(), "image", "rm", "--force", image);
        } finally {
            running.ifPresent(Registry::close);
            engine.close();
            host.close();
        }
    }

    @Test
    void nothingIsChangedUntilTheRegistryShowsTheImage() throws IOException, InterruptedException {
        Ended stranger = portolan("up");
        assertThat(stranger.exit()).isEqualTo(ExitCode.USAGE.status());
        assertThat(stranger.error())
                .contains("services/worker/image: the image \"" + image
                        + "\" is neither on this machine nor in a registry")
                .contains("no basic auth credentials")
                .contains("log in on this machine: docker login " + registry().address());

        registry().logIn(folder.resolve("docker"), "nonsense");
        Ended forgetful = portolan("up");
        assertThat(forgetful.exit()).isEqualTo(ExitCode.USAGE.status());
        assertThat(forgetful.error())
                .contains("unauthorized")
                .contains("does not accept the login of ada in " + folder.resolve("docker/config.json"))
                .doesNotContain("nonsense");
        assertThat(portolan("config", "--resolve-image-digests"))
                .satisfies(ended -> assertThat(ended.exit()).isEqualTo(ExitCode.FAILED.status()))
                .satisfies(ended -> assertThat(ended.error()).contains("does not accept the login of ada"));
        assertThat(engine.containers(Map.of(Labels.APP, APP))).isEmpty();
        assertThat(engine.networks()).doesNotContainKeys(APP + "-oslo_default", APP + "_default");

        registry().logInWithKeeper(folder.resolve("docker"), folder.resolve("programs"));
        assertThat(good("config", "--resolve-image-digests").output())
                .contains("image: " + image + "@sha256:", "command:");
        assertThat(good("config", "--lock-image-digests").output())
                .contains("image: " + image + "@sha256:")
                .doesNotContain("command:");
        assertThat(good("plan").output()).contains("worker: new");
        good("up");
        assertThat(engine.containers(Map.of(Labels.APP, APP))).singleElement().matches(ContainerState::running);
        assertThat(engine.imageDigest(image)).isPresent();
    }

    private Registry registry() {
        return running.orElseThrow();
    }

    private Ended good(String... line) throws IOException, InterruptedException {
        Ended ended = portolan(line);
        assertThat(ended.exit())
                .as("%s: %s%s", List.of(line), ended.output(), ended.error())
                .isZero();
        return ended;
    }

    private Ended portolan(String... line) throws IOException, InterruptedException {
        return PortolanProcess.start(folder.resolve(APP), environment, List.of(line))
                .await();
    }
}
