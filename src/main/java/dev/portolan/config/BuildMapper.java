package dev.portolan.config;

import dev.portolan.build.BuildFolder;
import dev.portolan.compose.Build;
import dev.portolan.compose.ComposeProject;
import dev.portolan.compose.ComposeService;
import dev.portolan.model.BuildSource;
import dev.portolan.model.Fingerprint;
import dev.portolan.model.ImageSource;
import dev.portolan.model.SourceLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Says what the image of a service with {@code build} is made of, and names it by that. Everything that decides what is in the
 * image is in its name, and nothing else: not how it is built, not the values of secrets.
 */
final class BuildMapper {
    private static final int TAG_LENGTH = 12;
    private final String app;
    private final RepositoryPins pins;
    private final Problems problems;
    private final Map<String, String> hashByFolder = new HashMap<>();
    private final Set<String> inProgress = new HashSet<>();

    BuildMapper(String app, ImageDigests digests, Problems problems) {
        this.app = app;
        this.pins = new RepositoryPins(digests, problems);
        this.problems = problems;
    }

    /** What the name of a built image says of it. Sources are said by what they are named for. */
    private record BuildContent(
            String files,
            String dockerfile,
            Map<String, String> arguments,
            Optional<String> target,
            Optional<String> repository,
            Optional<String> text,
            Map<String, String> sources,
            Map<String, String> labels,
            Optional<String> platform,
            Optional<String> network,
            List<String> hosts) {}

    /** Where the Dockerfile is: a path for the builder, and its text where that is not in the folder's own hash. */
    private record Dockerfile(String path, Optional<String> inline, Optional<String> text) {}

    /** Where a problem is. */
    record Position(SourceLocation location, String path) {}

    /** Empty when there is a problem. */
    Optional<ImageSource.Built> built(ComposeProject project, ComposeService service) {
        Build build = service.build().orElseThrow();
        Position at = new Position(build.location(), "services/" + service.name() + "/build");
        Optional<Dockerfile> dockerfile = dockerfile(build, at);
        Optional<String> repository = build.repository().flatMap(address -> pins.pinned(address, at));
        if (dockerfile.isEmpty() || repository.isPresent() != build.repository().isPresent()) {
            return Optional.empty();
        }
        if (!inProgress.add(service.name())) {
            problems.error(
                    at.location(), at.path(), "it is built from itself", "remove one of the contexts \"service:\"");
            return Optional.empty();
        }
        Optional<Map<String, BuildSource>> sources =
                new BuildContexts(project, pins, other -> built(project, other), problems).of(build, at);
        inProgress.remove(service.name());
        if (sources.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> platform = service.platform()
                .or(() -> build.platforms().size() == 1
                        ? Optional.of(build.platforms().getFirst())
                        : Optional.empty());
        return named(service, build, dockerfile.get(), repository, sources.get(), platform, at)
                .map(reference -> new ImageSource.Built(
                        reference,
                        build.context().normalize().toString(),
                        dockerfile.get().path(),
                        build.args(),
                        build.target(),
                        repository,
                        dockerfile.get().inline(),
                        sources.get(),
                        build.labels(),
                        platform,
                        network(build),
                        build.extraHosts(),
                        BuildManners.of(project, service, build)));
    }

    private static Optional<String> network(Build build) {
        return build.network().filter(network -> !network.equals("default"));
    }

    private Optional<String> named(
            ComposeService service,
            Build build,
            Dockerfile dockerfile,
            Optional<String> repository,
            Map<String, BuildSource> sources,
            Optional<String> platform,
            Position at) {
        Map<String, String> sourceHashes = new TreeMap<>();
        for (var source : sources.entrySet()) {
            Optional<String> hash = hash(source.getValue(), at);
            if (hash.isEmpty()) {
                return Optional.empty();
            }
            sourceHashes.put(source.getKey(), hash.get());
        }
        boolean inFolder = dockerfile.text().isEmpty() && dockerfile.inline().isEmpty();
        Optional<String> files = repository.isPresent()
                ? Optional.of("")
                : folderHash(build.context().normalize(), inFolder ? dockerfile.path() : "", at);
        return files.map(hash -> {
            String whole = Fingerprint.of(CanonicalText.of(new BuildContent(
                    hash,
                    inFolder ? dockerfile.path() : "",
                    build.args(),
                    build.target(),
                    repository,
                    dockerfile.inline().or(dockerfile::text),
                    sourceHashes,
                    build.labels(),
                    platform,
                    network(build),
                    build.extraHosts())));
            String name = service.image().map(ImageMapper::withoutTag).orElse(app + "-" + service.name());
            return name + ":" + whole.substring(0, TAG_LENGTH);
        });
    }

    private Optional<String> hash(BuildSource source, Position at) {
        return switch (source) {
            case BuildSource.Folder(String path) -> folderHash(Path.of(path), "", at);
            case BuildSource.Repository(String address) -> Optional.of(address);
            case BuildSource.Image(String reference) -> Optional.of(reference);
            case BuildSource.Service(ImageSource.Built image) -> Optional.of(image.reference());
        };
    }

    /** Empty when there is a problem. */
    private Optional<Dockerfile> dockerfile(Build build, Position at) {
        if (build.dockerfileInline().isPresent()) {
            return Optional.of(new Dockerfile("Dockerfile", build.dockerfileInline(), Optional.empty()))
                    .filter(inline -> isFolder(build, at));
        }
        if (build.repository().isPresent()) {
            return Optional.of(new Dockerfile(build.dockerfile(), Optional.empty(), Optional.empty()));
        }
        if (!isFolder(build, at)) {
            return Optional.empty();
        }
        Path context = build.context().normalize();
        Path file = context.resolve(build.dockerfile()).normalize();
        if (!Files.isRegularFile(file)) {
            problems.error(
                    at.location(), at.path(), "there is no file " + file, "write one, or name it with \"dockerfile\"");
            return Optional.empty();
        }
        if (file.startsWith(context)) {
            String path = context.relativize(file).toString().replace('\\', '/');
            return Optional.of(new Dockerfile(path, Optional.empty(), Optional.empty()));
        }
        try {
            return Optional.of(new Dockerfile(file.toString(), Optional.empty(), Optional.of(Files.readString(file))));
        } catch (IOException unreadable) {
            unreadable(unreadable, file, at);
            return Optional.empty();
        }
    }

    private boolean isFolder(Build build, Position at) {
        boolean good = build.repository().isPresent() || Files.isDirectory(build.context());
        if (!good) {
            problems.error(
                    at.location(),
                    at.path(),
                    "there is no folder " + build.context().normalize(),
                    "correct the path of \"context\"");
        }
        return good;
    }

    private Optional<String> folderHash(Path folder, String dockerfile, Position at) {
        try {
            String key = folder + "\0" + dockerfile;
            String known = hashByFolder.get(key);
            if (known == null) {
                known = BuildFolder.open(folder, dockerfile).contentHash();
                hashByFolder.put(key, known);
            }
            return Optional.of(known);
        } catch (IOException unreadable) {
            unreadable(unreadable, folder.resolve(".dockerignore"), at);
            return Optional.empty();
        }
    }

    private void unreadable(IOException failure, Path ignoreFile, Position at) {
        problems.error(
                at.location(),
                at.path(),
                "cannot read " + failure.getMessage(),
                "correct its rights, or leave it out with " + ignoreFile);
    }
}
