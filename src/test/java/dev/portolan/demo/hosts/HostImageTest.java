package dev.portolan.demo.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.docker.EngineException;
import dev.portolan.model.ImageSource;
import dev.portolan.model.UserError;
import dev.portolan.setup.FakeMachine;
import dev.portolan.setup.MachineFacts;
import dev.portolan.setup.Rights;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostImageTest {
    @TempDir
    private Path folder;

    private final FakeMachine machine = new FakeMachine();
    private final Set<String> images = new HashSet<>();
    private final List<String> progress = new ArrayList<>();
    private boolean hub;
    private boolean pulls = true;

    @BeforeEach
    void debianWithTheTool() throws IOException {
        machine.files.put(Path.of("/etc/os-release"), List.of("ID=debian", "VERSION_CODENAME=bookworm"));
        machine.files.put(Path.of("/etc/apt/sources.list.d/debian.sources"), List.of("Suites: bookworm"));
        Files.writeString(folder.resolve("host-packages.tar"), "as if the command had written it");
    }

    private String ensure() {
        return new HostImage(engine(), machine, folder).ensure(progress::add);
    }

    /** An engine that only knows about images. */
    private ContainerEngine engine() {
        return (ContainerEngine) Proxy.newProxyInstance(
                ContainerEngine.class.getClassLoader(),
                new Class<?>[] {ContainerEngine.class},
                (self, method, arguments) -> {
                    switch (method.getName()) {
                        case "imageDigest" -> {
                            return Optional.of("sha256:1").filter(digest -> images.contains(arguments[0]));
                        }
                        case "registryDigest" -> {
                            return Optional.of("sha256:1").filter(digest -> hub);
                        }
                        case "pull" -> {
                            if (!pulls) {
                                throw new EngineException("no space left", "make some", new IOException());
                            }
                            images.add(((ImageSource.Pulled) arguments[0]).reference());
                        }
                        case "importImage" -> images.add((String) arguments[0]);
                        case "build" -> {
                            ImageSource.Built built = (ImageSource.Built) arguments[0];
                            assertThat(images).contains(built.arguments().get("BASE"));
                            images.add(built.reference());
                        }
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                    return null;
                });
    }

    @Test
    void itStandsOnDebiansImageWhereDockerHubCanBeReached() {
        hub = true;
        assertThat(ensure()).startsWith("portolan/host:");
        assertThat(images).contains("debian:bookworm-slim");
        assertThat(progress).containsExactly("building the image of hosts on debian:bookworm-slim of Docker Hub");
    }

    @Test
    void withoutDockerHubItStandsOnPackagesAndIsMadeOnce() {
        String image = ensure();
        assertThat(progress)
                .containsExactly("Docker Hub cannot be reached, so the image of hosts is made from the packages of"
                        + " bookworm");
        assertThat(machine.commands)
                .anyMatch(command -> command.contains("--variant=essential") && command.contains("openssh-server"));
        assertThat(folder.resolve("host-packages.tar")).doesNotExist();

        progress.clear();
        machine.commands.clear();
        assertThat(ensure()).isEqualTo(image);
        assertThat(progress).isEmpty();
        assertThat(machine.commands).noneMatch(command -> command.contains("mmdebstrap"));
    }

    @Test
    void whatDockerHubDoesNotGiveIsMadeFromPackages() {
        hub = true;
        pulls = false;
        ensure();
        assertThat(progress.getLast())
                .isEqualTo("no space left, so the image of hosts is made from the packages of bookworm");
    }

    @Test
    void itIsSaidWhereNeitherWayIsOpen() {
        machine.facts = new MachineFacts("Linux", Set.of("fedora"), "ada", Rights.ROOT, true, true, true);
        assertThatThrownBy(this::ensure).isInstanceOfSatisfying(UserError.class, told -> {
            assertThat(told.message()).contains("Debian and Ubuntu only");
            assertThat(told.remedy()).contains("debian:bookworm-slim");
        });
    }
}
