package dev.portolan.cli;

import dev.portolan.build.RepositoryCommit;
import dev.portolan.compose.ComposeProject;
import dev.portolan.compose.ComposeReading;
import dev.portolan.compose.ComposeSource;
import dev.portolan.config.Configuration;
import dev.portolan.config.ConfigurationReader;
import dev.portolan.config.ConfigurationReader.Options;
import dev.portolan.config.ImageDigests;
import dev.portolan.config.InitialFile;
import dev.portolan.config.Outline;
import dev.portolan.config.SecretVersions;
import dev.portolan.model.InvalidConfiguration;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The app of a folder: by its portolan.yml, or, where there is only a Compose file, by what can be inferred from that. */
final class Project {
    /** For commands that are not about images: every image is taken to be there. */
    private static final ImageDigests UNRESOLVED = new ImageDigests() {
        @Override
        public Optional<String> digestOf(String reference) {
            return Optional.of("sha256:" + "0".repeat(64));
        }

        @Override
        public RepositoryCommit commitOf(String address) {
            return new RepositoryCommit.Pinned(address);
        }
    };

    private final Path folder;
    private final Map<String, String> environment;

    Project(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /** The nearest folder, from this one upwards, that has a portolan.yml; this one when none has. */
    static Path nearest(Path start) {
        return Stream.iterate(Optional.of(start), Optional::isPresent, at -> at.map(Path::getParent))
                .flatMap(Optional::stream)
                .filter(folder -> ConfigurationReader.file(folder).isPresent())
                .findFirst()
                .orElse(start);
    }

    Path folder() {
        return folder;
    }

    boolean hasFile() {
        return ConfigurationReader.file(folder).isPresent();
    }

    /** @throws InvalidConfiguration when it cannot be read */
    Outline outline() {
        return (hasFile() ? Outline.read(folder) : Outline.of(inferredText())).orElseGet(() -> {
            var desired = unresolved().desired();
            return new Outline(
                    desired.app(),
                    desired.regions().stream().map(region -> region.name()).toList(),
                    desired.hosts(),
                    desired.keeper().id());
        });
    }

    /**
     * The Compose files as a region has them.
     *
     * @throws InvalidConfiguration when there is no such region
     */
    ComposeSource ofRegion(String name) {
        Options options = Options.of(environment, UNRESOLVED);
        return ConfigurationReader.regionSource(
                folder, hasFile() ? options : options.withPortolanText(inferredText()), name);
    }

    /** @throws InvalidConfiguration with every problem */
    Configuration configuration(ImageDigests images, SecretVersions secrets) {
        Options options = Options.of(environment, images).withSecrets(secrets);
        return ConfigurationReader.read(folder, hasFile() ? options : options.withPortolanText(inferredText()));
    }

    /** As above, without asking what the images are: its release has a name of no meaning. */
    Configuration unresolved() {
        return configuration(UNRESOLVED, SecretVersions.UNRESOLVED);
    }

    /** The text of a portolan.yml for the folder's Compose file. */
    String initialText(List<String> regions) {
        return InitialFile.text(compose(), regions);
    }

    private String inferredText() {
        return initialText(InitialFile.DEFAULT_REGIONS);
    }

    private ComposeProject compose() {
        return switch (ConfigurationReader.project(folder, Options.of(environment, UNRESOLVED))) {
            case ComposeReading.Read read -> read.project();
            case ComposeReading.Refused(var problems) -> throw new InvalidConfiguration(problems);
        };
    }
}
