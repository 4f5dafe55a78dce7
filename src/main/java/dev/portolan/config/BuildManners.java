package dev.portolan.config;

import dev.portolan.compose.Build;
import dev.portolan.compose.ComposeProject;
import dev.portolan.compose.ComposeSecret;
import dev.portolan.compose.ComposeService;
import dev.portolan.compose.FileContent;
import dev.portolan.model.BuildManner;
import dev.portolan.model.ContainerSpec.FileSource;
import dev.portolan.model.ContainerSpec.Ulimit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How an image is built, apart from what it is made of. */
final class BuildManners {

    private BuildManners() {}

    /** Empty for the usual manner. */
    static Optional<BuildManner> of(ComposeProject project, ComposeService service, Build build) {
        Build.Manner manner = build.manner();
        List<String> tags = new ArrayList<>(manner.tags());
        service.image().filter(name -> name.indexOf('@') < 0).ifPresent(tags::add);
        Map<String, FileSource> secrets = new TreeMap<>();
        for (Build.BuildSecret secret : manner.secrets()) {
            Optional.ofNullable(project.secrets().get(secret.source()))
                    .map(ComposeSecret::content)
                    .flatMap(BuildManners::fileSource)
                    .ifPresent(source -> secrets.put(secret.id(), source));
        }
        Map<String, Ulimit> ulimits = new TreeMap<>();
        manner.ulimits().forEach((name, limit) -> ulimits.put(name, new Ulimit(limit.soft(), limit.hard())));
        BuildManner found = new BuildManner(
                manner.noCache(),
                manner.pull(),
                manner.cacheFrom(),
                manner.cacheTo(),
                tags,
                secrets,
                manner.ssh(),
                manner.shmSize(),
                ulimits,
                manner.entitlements());
        return found.equals(BuildManner.USUAL) ? Optional.empty() : Optional.of(found);
    }

    /** Empty for one that a build cannot have, which {@link SecretPins} says. */
    private static Optional<FileSource> fileSource(FileContent content) {
        return switch (content) {
            case FileContent.File(Path path) -> Optional.of(new FileSource.LocalFile(path.toString()));
            case FileContent.Environment(String variable) -> Optional.of(new FileSource.Variable(variable));
            case FileContent.Inline(String text) -> Optional.of(new FileSource.Inline(text));
            case FileContent.External _ -> Optional.empty();
        };
    }
}
