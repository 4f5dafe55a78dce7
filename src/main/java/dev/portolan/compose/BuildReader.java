package dev.portolan.compose;

import dev.portolan.compose.Build.BuildSecret;
import dev.portolan.compose.Build.Manner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The chapter "Build": a service's {@code build}. */
final class BuildReader {
    private static final Pattern REMOTE =
            Pattern.compile("(https?|git|ssh|oci|docker-image)://.*|git@.*|github\\.com/.*");
    private static final Pattern REPOSITORY =
            Pattern.compile("https?://[^?#]+\\.git(#[^?]*)?|(git|ssh)://[^?]*|git@[^?]*|github\\.com/[^?]*");
    private static final String INSECURE = "security.insecure";

    private final Folder folder;

    BuildReader(Folder folder) {
        this.folder = folder;
    }

    /** A place to build from. */
    private record Origin(Path folder, Optional<String> repository) {}

    /** Empty when what to build from cannot be known; that is a problem. */
    Optional<Build> read(Section build) {
        Map<String, String> arguments = build.values("args");
        return origin(build)
                .map(origin -> new Build(
                        origin.folder(),
                        origin.repository(),
                        build.text("dockerfile", "Dockerfile"),
                        build.text("dockerfile_inline"),
                        arguments,
                        build.text("target"),
                        build.values("additional_contexts"),
                        build.options("labels"),
                        build.text("network"),
                        HostLines.read(build),
                        build.texts("platforms"),
                        manner(build),
                        build.location()));
    }

    private Optional<Origin> origin(Section build) {
        if (!build.has("context")) {
            return Optional.of(new Origin(folder.path(), Optional.empty()));
        }
        return build.parsed("context", text -> {
            if (isRepository(text)) {
                return new Origin(folder.path(), Optional.of(text));
            }
            if (REMOTE.matcher(text).matches()) {
                throw new InvalidValue(
                        "\"" + text
                                + "\" is no git repository, and Portolan builds from nothing else that is elsewhere",
                        "write a folder, or the address of a git repository, which ends in .git");
            }
            return new Origin(folder.resolve(text), Optional.empty());
        });
    }

    /** Whether a context is fetched with git. */
    static boolean isRepository(String text) {
        return REPOSITORY.matcher(text).matches();
    }

    private static Manner manner(Section build) {
        List<String> entitlements = new ArrayList<>(build.texts("entitlements"));
        if (build.truth("privileged", false) && !entitlements.contains(INSECURE)) {
            entitlements.add(INSECURE);
        }
        return new Manner(
                build.truth("no_cache", false),
                build.truth("pull", false),
                build.texts("cache_from"),
                build.texts("cache_to"),
                build.texts("tags"),
                build.sections("secrets").stream().map(BuildReader::secret).toList(),
                build.pairs("ssh"),
                build.bytes("shm_size"),
                ResourcesReader.ulimits(build),
                entitlements);
    }

    private static BuildSecret secret(Section secret) {
        String source = secret.text("source", "");
        return new BuildSecret(source, secret.text("target", source), secret.location());
    }
}
