package dev.portolan.compose;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The chapter "Build": a service's {@code build}. */
final class BuildReader {
    private static final Pattern REMOTE =
            Pattern.compile("(https?|git|ssh|oci|docker-image)://.*|git@.*|github\\.com/.*");

    private final Folder folder;

    BuildReader(Folder folder) {
        this.folder = folder;
    }

    /** Empty when the folder to build cannot be known; that is a problem. */
    Optional<Build> read(Section build) {
        Map<String, String> arguments = build.values("args");
        return context(build)
                .map(context -> new Build(
                        context,
                        build.text("dockerfile", "Dockerfile"),
                        arguments,
                        build.text("target"),
                        build.location()));
    }

    private Optional<Path> context(Section build) {
        if (!build.has("context")) {
            return Optional.of(folder.path());
        }
        return build.parsed("context", text -> {
            if (REMOTE.matcher(text).matches()) {
                throw new InvalidValue(
                        "a build from elsewhere is known to Compose, not honoured by Portolan yet",
                        "fetch it into a folder and write its path");
            }
            return folder.resolve(text);
        });
    }
}
