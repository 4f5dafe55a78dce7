package dev.portolan.config;

import dev.portolan.build.DockerfileText;
import dev.portolan.compose.Build;
import dev.portolan.compose.ComposeProject;
import dev.portolan.compose.ComposeService;
import dev.portolan.config.BuildMapper.Position;
import dev.portolan.model.BuildSource;
import dev.portolan.model.ImageSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What {@code additional_contexts} lend to a build, by the names that its Dockerfile has for them. */
final class BuildContexts {
    private static final String SERVICE = "service:";
    private static final String IMAGE = "docker-image://";
    private static final Pattern REPOSITORY =
            Pattern.compile("https?://.+\\.git(#.*)?|(git|ssh)://.*|git@.*|github\\.com/.*");
    private static final Pattern ADDRESS = Pattern.compile("[a-z-]+:.*", Pattern.DOTALL);

    private final ComposeProject project;
    private final RepositoryPins pins;
    private final Function<ComposeService, Optional<ImageSource.Built>> builder;
    private final Problems problems;

    /** @param builder says what the image of a service is that another one is built from */
    BuildContexts(
            ComposeProject project,
            RepositoryPins pins,
            Function<ComposeService, Optional<ImageSource.Built>> builder,
            Problems problems) {
        this.project = project;
        this.pins = pins;
        this.builder = builder;
        this.problems = problems;
    }

    /** Empty when there is a problem. */
    Optional<Map<String, BuildSource>> of(Build build, Position at) {
        Map<String, BuildSource> sources = new TreeMap<>();
        if (!build.additionalContexts().isEmpty()
                && build.repository().isPresent()
                && build.dockerfileInline().isEmpty()) {
            problems.error(
                    at.location(),
                    at.path() + "/additional_contexts",
                    "the Dockerfile is in a repository that only the engine reads, so it cannot be told of more contexts",
                    "write the Dockerfile into \"dockerfile_inline\"");
            return Optional.empty();
        }
        for (var context : build.additionalContexts().entrySet()) {
            Position here = new Position(at.location(), at.path() + "/additional_contexts/" + context.getKey());
            Optional<BuildSource> source =
                    DockerfileText.STAGE_NAME.matcher(context.getKey()).matches()
                            ? source(context.getValue(), here)
                            : refused(
                                    here,
                                    "\"" + context.getKey() + "\" is no name that a Dockerfile can have for a stage",
                                    "write one of small letters, digits, \"-\", \"_\" and \".\"");
            source.ifPresent(found -> sources.put(context.getKey(), found));
        }
        return Optional.of(sources)
                .filter(all -> all.size() == build.additionalContexts().size());
    }

    private Optional<BuildSource> source(String text, Position at) {
        if (text.startsWith(SERVICE)) {
            return Optional.ofNullable(project.services().get(text.substring(SERVICE.length())))
                    .filter(service -> service.build().isPresent())
                    .map(service -> builder.apply(service).<BuildSource>map(BuildSource.Service::new))
                    .orElseGet(() -> refused(
                            at,
                            "the service \"" + text.substring(SERVICE.length())
                                    + "\" is not among those that are deployed",
                            "activate its profile"));
        }
        if (text.startsWith(IMAGE)) {
            return Optional.of(new BuildSource.Image(text.substring(IMAGE.length())));
        }
        if (REPOSITORY.matcher(text).matches()) {
            return pins.pinned(text, at).map(BuildSource.Repository::new);
        }
        if (ADDRESS.matcher(text).matches()) {
            return refused(
                    at,
                    "\"" + text + "\" is of a kind that Portolan builds from nowhere",
                    "write a folder, \"service:NAME\", \"docker-image://NAME\", or the address of a git repository");
        }
        Path folder = Path.of(text);
        return Files.isDirectory(folder)
                ? Optional.of(new BuildSource.Folder(folder.normalize().toString()))
                : refused(at, "there is no folder " + folder, "correct the path");
    }

    private Optional<BuildSource> refused(Position at, String what, String remedy) {
        problems.error(at.location(), at.path(), what, remedy);
        return Optional.empty();
    }
}
