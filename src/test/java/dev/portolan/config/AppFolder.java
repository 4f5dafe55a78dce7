package dev.portolan.config;

import dev.portolan.compose.ComposeProject;
import dev.portolan.compose.ComposeReading;
import dev.portolan.model.Fingerprint;
import dev.portolan.model.InvalidConfiguration;
import dev.portolan.model.Problem;
import dev.portolan.model.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The folder of an app, for tests. Every image is there, but those that begin with {@code missing}. */
final class AppFolder {
    static final String TWO_REGIONS = """
            app: shop
            primary: dublin
            regions:
              dublin: { hosts: [local] }
              sydney: { hosts: [local] }
            """;
    static final String ONE_REGION = """
            app: shop
            regions: { dublin: { hosts: [local] } }
            """;

    final Path path;
    final Map<String, String> environment = new HashMap<>();
    SecretVersions secrets = SecretVersions.UNRESOLVED;

    AppFolder(Path path) {
        this.path = path;
    }

    static Optional<String> digestOf(String reference) {
        return reference.startsWith("missing") ? Optional.empty() : Optional.of("sha256:" + Fingerprint.of(reference));
    }

    AppFolder with(String name, String content) {
        try {
            Path file = path.resolve(name);
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, content);
            return this;
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    ConfigurationReader.Options options() {
        return ConfigurationReader.Options.of(environment, AppFolder::digestOf).withSecrets(secrets);
    }

    Configuration read() {
        return ConfigurationReader.read(path, options());
    }

    /** What is wrong, in words; the folder's own path is shown as {@code FOLDER}. */
    List<String> problems() {
        try {
            return words(read().warnings());
        } catch (InvalidConfiguration invalid) {
            return words(invalid.problems());
        }
    }

    private List<String> words(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.toString().replace(path.toString(), "FOLDER"))
                .toList();
    }

    Service service(String region, String name) {
        return read().desired().workload(region).service(name).orElseThrow();
    }

    ComposeProject project() {
        return switch (ConfigurationReader.project(path, options())) {
            case ComposeReading.Read read -> read.project();
            case ComposeReading.Refused refused -> throw new InvalidConfiguration(refused.problems());
        };
    }
}
