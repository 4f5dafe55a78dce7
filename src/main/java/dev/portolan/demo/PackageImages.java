package dev.portolan.demo;

import dev.portolan.build.BuildFolder;
import dev.portolan.docker.ContainerEngine;
import dev.portolan.model.Fingerprint;
import dev.portolan.model.ImageSource;
import dev.portolan.model.UserError;
import dev.portolan.setup.Command;
import dev.portolan.setup.Machine;
import dev.portolan.setup.MachineFacts;
import dev.portolan.setup.Rights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The demo's images out of the packages of this machine's distribution: one image holds the packages of
 * those that are missing, which stand on it. */
final class PackageImages {
    private static final int UNPACKED_MEBIBYTES = 600;

    private final ContainerEngine engine;
    private final Machine machine;
    private final Path folder;
    private final Bootstrap bootstrap;

    /**
     * @param folder where the build's files are written
     */
    PackageImages(ContainerEngine engine, Machine machine, Path folder) {
        this.engine = engine;
        this.machine = machine;
        this.folder = folder;
        this.bootstrap = Bootstrap.of(machine);
    }

    /** Those that the engine has from an earlier time. */
    Map<DemoImage, String> present(Set<DemoImage> wanted) {
        Map<DemoImage, String> references = references(wanted);
        references.values().removeIf(reference -> engine.imageDigest(reference).isEmpty());
        return references;
    }

    /**
     * Makes these images, and no other.
     *
     * @param progress one line for each thing that is done
     * @throws UserError when this machine cannot make them
     */
    Map<DemoImage, String> make(Set<DemoImage> wanted, Consumer<String> progress) {
        MachineFacts facts = machine.facts();
        if (!facts.hasApt() || bootstrap.sources().isEmpty()) {
            throw new UserError(
                    "Docker Hub cannot be reached, and the demo's images can be built from packages on Debian and Ubuntu only",
                    "give this machine a way to Docker Hub, or load the images by docker load: "
                            + String.join(
                                    ", ",
                                    wanted.stream()
                                            .map(DemoImage::official)
                                            .sorted()
                                            .toList()));
        }
        String packages = Stream.of(wanted, EnumSet.allOf(DemoImage.class))
                .map(this::packages)
                .filter(reference -> engine.imageDigest(reference).isPresent())
                .findFirst()
                .orElseGet(() -> unpack(wanted, facts.rights(), progress));
        Map<DemoImage, String> references = references(wanted);
        references.forEach((image, reference) -> {
            progress.accept("building " + reference);
            engine.build(
                    new ImageSource.Built(
                            reference,
                            folder.toString(),
                            "Dockerfile",
                            Map.of("PACKAGES", packages),
                            Optional.of(image.part())),
                    line -> {});
        });
        return references;
    }

    private String packages(Set<DemoImage> images) {
        return "portolan/packages:" + bootstrap.contentHash(images);
    }

    /** @return what the engine calls the packages of the images */
    private String unpack(Set<DemoImage> images, Rights rights, Consumer<String> progress) {
        String titles = images.stream().sorted().map(DemoImage::title).collect(Collectors.joining(", "));
        progress.accept("unpacking " + titles + " from the packages of " + bootstrap.codename());
        Path archive = folder.resolveSibling("packages.tar");
        Command command = bootstrap.command(images, MemoryFolder.of(machine, UNPACKED_MEBIBYTES), rights, archive);
        new PackageArchive(engine, machine, archive).importAs(packages(images), command, rights, progress);
        return packages(images);
    }

    private Map<DemoImage, String> references(Set<DemoImage> wanted) {
        String files = filesHash();
        Map<DemoImage, String> references = new EnumMap<>(DemoImage.class);
        // by its own packages, whatever else was unpacked with them
        wanted.forEach(image -> references.put(
                image,
                image.own(Fingerprint.of(bootstrap.contentHash(Set.of(image)) + files)
                        .substring(0, 12))));
        return references;
    }

    private String filesHash() {
        try {
            DemoFiles.IMAGES.writeTo(folder);
            return BuildFolder.open(folder, "Dockerfile").contentHash();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
