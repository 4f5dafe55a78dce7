package dev.portolan.demo;

import dev.portolan.build.BuildFolder;
import dev.portolan.docker.ContainerEngine;
import dev.portolan.model.Fingerprint;
import dev.portolan.model.ImageSource;
import dev.portolan.model.UserError;
import dev.portolan.setup.Apt;
import dev.portolan.setup.Command;
import dev.portolan.setup.Machine;
import dev.portolan.setup.MachineFacts;
import dev.portolan.setup.Rights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The demo's images out of the packages of this machine's distribution: one image holds the packages, the others stand on it. */
final class PackageImages {
    private static final Path APT = Path.of("/etc/apt");
    private static final Path OPERATING_SYSTEM = Path.of("/etc/os-release");
    private static final String CODENAME = "VERSION_CODENAME=";

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
        this.bootstrap = Bootstrap.of(
                codename(machine),
                sourceFiles(machine),
                machine.run(Command.of("apt-config", "dump")).output());
    }

    private static String codename(Machine machine) {
        return machine.tail(OPERATING_SYSTEM, Integer.MAX_VALUE).stream()
                .filter(line -> line.startsWith(CODENAME))
                .map(line -> line.substring(CODENAME.length()).replace("\"", ""))
                .findFirst()
                .orElse("");
    }

    private static Map<Path, List<String>> sourceFiles(Machine machine) {
        Map<Path, List<String>> files = new HashMap<>();
        Stream.concat(Stream.of(APT.resolve("sources.list")), machine.files(APT.resolve("sources.list.d")).stream())
                .filter(file ->
                        file.toString().endsWith(".list") || file.toString().endsWith(".sources"))
                .forEach(file -> files.put(file, machine.tail(file, Integer.MAX_VALUE)));
        return files;
    }

    /** The images if the engine has all of them from an earlier time. */
    Optional<Map<DemoImage, String>> present(Set<DemoImage> wanted) {
        Map<DemoImage, String> references = references(wanted);
        return references.values().stream()
                        .allMatch(reference -> engine.imageDigest(reference).isPresent())
                ? Optional.of(references)
                : Optional.empty();
    }

    /**
     * Makes the images.
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
        String packages = "portolan/packages:" + bootstrap.contentHash();
        if (engine.imageDigest(packages).isEmpty()) {
            unpack(packages, facts.rights(), progress);
        }
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

    private void unpack(String packages, Rights rights, Consumer<String> progress) {
        if (!machine.run(Command.of(Bootstrap.TOOL, "--version")).succeeded()) {
            Apt.install(machine, rights, List.of(Bootstrap.TOOL), progress);
        }
        progress.accept(
                "unpacking PostgreSQL, memcached, HAProxy and Python from the packages of " + bootstrap.codename());
        Path archive = folder.resolveSibling("packages.tar");
        Command command = bootstrap.command(rights, archive);
        try {
            Machine.Result result = machine.run(command);
            if (!result.succeeded()) {
                throw new UserError(
                        "could not unpack the distribution's packages: " + result.lastWords(),
                        "run this to see all of it: " + command);
            }
            try (InputStream tar = Files.newInputStream(archive)) {
                engine.importImage(packages, tar);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } finally {
            delete(archive);
        }
    }

    private static void delete(Path archive) {
        try {
            Files.deleteIfExists(archive);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private Map<DemoImage, String> references(Set<DemoImage> wanted) {
        String hash = Fingerprint.of(bootstrap.contentHash() + filesHash()).substring(0, 12);
        Map<DemoImage, String> references = new EnumMap<>(DemoImage.class);
        wanted.forEach(image -> references.put(image, image.own(hash)));
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
