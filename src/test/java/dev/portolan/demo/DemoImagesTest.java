package dev.portolan.demo;

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
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoImagesTest {
    private static final String HUB_UNREACHABLE =
            "Docker Hub cannot be reached, so the images are made from the distribution's packages";

    @TempDir
    private Path folder;

    private final FakeMachine machine = new FakeMachine();
    private final Set<String> images = Collections.synchronizedSet(new HashSet<>());
    private final List<String> progress = new ArrayList<>();
    private boolean hub;
    private boolean pulls = true;

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
                        case "build" -> images.add(((ImageSource.Built) arguments[0]).reference());
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                    return null;
                });
    }

    private ImageSet ensure(Set<DemoImage> wanted) {
        return new DemoImages(engine(), machine, folder).ensure(wanted, progress::add);
    }

    private void debianWithTheTool() throws IOException {
        machine.files.put(Path.of("/etc/os-release"), List.of("ID=debian", "VERSION_CODENAME=bookworm"));
        machine.files.put(Path.of("/etc/apt/sources.list.d/debian.sources"), List.of("Suites: bookworm"));
        Files.writeString(folder.resolve("packages.tar"), "as if the command had written it");
    }

    @Test
    void officialImagesAreFetchedWhereDockerHubCanBeReached() {
        hub = true;

        ImageSet set = ensure(EnumSet.allOf(DemoImage.class));

        assertThat(set.variables())
                .containsOnly(
                        Map.entry("HAPROXY_IMAGE", "haproxy:3.0-alpine"),
                        Map.entry("MEMCACHED_IMAGE", "memcached:1.6-alpine"),
                        Map.entry("POSTGRES_IMAGE", "postgres:17-alpine"),
                        Map.entry("PYTHON_IMAGE", "python:3.13-slim"));
        assertThat(set.origin()).isEqualTo("The images are the official ones of Docker Hub.");
        assertThat(images).containsAll(set.references().values());
    }

    @Test
    void withoutDockerHubTheyAreMadeFromPackagesAndKept() throws IOException {
        debianWithTheTool();

        ImageSet set = ensure(EnumSet.allOf(DemoImage.class));

        assertThat(set.references().values())
                .allSatisfy(reference -> assertThat(reference).startsWith("portolan/"));
        assertThat(set.origin())
                .isEqualTo(
                        "The images were made from the distribution's packages, since Docker Hub cannot be reached.");
        assertThat(progress)
                .startsWith(
                        HUB_UNREACHABLE,
                        "unpacking Python, memcached, PostgreSQL, HAProxy from the packages of bookworm")
                .hasSize(2 + DemoImage.values().length);
        assertThat(folder.resolve("packages.tar")).doesNotExist();

        progress.clear();
        hub = true; // what is there is used, also when Docker Hub has come back
        assertThat(ensure(EnumSet.allOf(DemoImage.class)).references()).isEqualTo(set.references());
        assertThat(progress).isEmpty();
    }

    @Test
    void anImageThatCannotBeFetchedIsMadeAsWell() throws IOException {
        debianWithTheTool();
        hub = true;
        pulls = false;

        ImageSet set = ensure(EnumSet.of(DemoImage.HAPROXY));

        assertThat(set.origin())
                .isEqualTo("The images were made from the distribution's packages,"
                        + " since haproxy:3.0-alpine could not be fetched from Docker Hub.");
        assertThat(set.references()).containsOnlyKeys(DemoImage.HAPROXY);
    }

    @Test
    void onlyWhatIsMissingIsMade() throws IOException {
        debianWithTheTool();
        images.addAll(List.of("python:3.13-slim", "memcached:1.6-alpine", "postgres:17-alpine"));

        ImageSet set = ensure(EnumSet.allOf(DemoImage.class));

        assertThat(set.origin())
                .isEqualTo("The missing images were made from the distribution's packages, since Docker Hub cannot be"
                        + " reached.");
        assertThat(set.references())
                .containsEntry(DemoImage.POSTGRES, "postgres:17-alpine")
                .hasSize(4);
        assertThat(progress)
                .hasSize(3)
                .contains("unpacking HAProxy from the packages of bookworm")
                .last()
                .isEqualTo("building " + set.references().get(DemoImage.HAPROXY));

        progress.clear();
        assertThat(ensure(EnumSet.of(DemoImage.HAPROXY)).references().get(DemoImage.HAPROXY))
                .isEqualTo(set.references().get(DemoImage.HAPROXY));
        assertThat(progress).isEmpty();
    }

    @Test
    void anImageIsTheSameWhateverElseItIsMadeWith() throws IOException {
        debianWithTheTool();
        ImageSet all = ensure(EnumSet.allOf(DemoImage.class));
        progress.clear();

        assertThat(ensure(EnumSet.of(DemoImage.HAPROXY)).references())
                .containsExactly(Map.entry(DemoImage.HAPROXY, all.references().getOrDefault(DemoImage.HAPROXY, "")));
        assertThat(progress).isEmpty();
    }

    @Test
    void theToolIsInstalledWhereItIsMissing() throws IOException {
        debianWithTheTool();
        machine.fails = command -> command.equals("mmdebstrap --version");

        ensure(EnumSet.of(DemoImage.HAPROXY));

        assertThat(machine.commands)
                .anyMatch(command -> command.endsWith("install --no-install-recommends mmdebstrap"));
    }

    @Test
    void packagesThatCannotBeUnpackedAreAnErrorAndNoImage() throws IOException {
        debianWithTheTool();
        machine.fails = command -> command.startsWith("mmdebstrap --quiet");

        assertThatThrownBy(() -> ensure(EnumSet.of(DemoImage.HAPROXY)))
                .hasMessage("could not unpack the distribution's packages: E: it failed");
        assertThat(images).isEmpty();
    }

    @Test
    void elsewhereAPersonIsToldWhatToDo() {
        machine.facts = new MachineFacts("Linux", Set.of("fedora"), "ada", Rights.ROOT, true, true, true);

        assertThatThrownBy(() -> ensure(EnumSet.of(DemoImage.HAPROXY)))
                .isInstanceOfSatisfying(
                        UserError.class,
                        error -> assertThat(error.remedy())
                                .isEqualTo("give this machine a way to Docker Hub, or load the images by docker load:"
                                        + " haproxy:3.0-alpine"));
    }
}
