package dev.portolan.config;

import dev.portolan.compose.ComposeProject;
import dev.portolan.compose.ComposeService;
import dev.portolan.config.ImageDigests.Obstacle;
import dev.portolan.model.ImageSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Says what image a service runs: one that is there, by its digest, or one to be built, by the hash of its content. */
final class ImageMapper {
    private final BuildMapper builds;
    private final ImageDigests digests;
    private final Problems problems;
    private final Map<String, Optional<String>> digestByReference = new HashMap<>();

    ImageMapper(String app, ImageDigests digests, Problems problems) {
        this.builds = new BuildMapper(app, digests, problems);
        this.digests = digests;
        this.problems = problems;
    }

    /**
     * Empty when there is a problem. A service that names the image which another one builds runs that one, as it does where
     * both find it by its name.
     */
    Optional<ImageSource> image(ComposeProject project, ComposeService service) {
        return builder(project, service)
                .map(builder -> builds.built(project, builder).<ImageSource>map(built -> built))
                .orElseGet(() -> service.image().flatMap(reference -> pulled(service, reference)));
    }

    private static Optional<ComposeService> builder(ComposeProject project, ComposeService service) {
        if (service.build().isPresent()) {
            return Optional.of(service);
        }
        return service.image()
                .flatMap(reference -> project.services().values().stream()
                        .filter(other -> other.build().isPresent())
                        .filter(other -> other.image()
                                .filter(name -> sameImage(name, reference))
                                .isPresent())
                        .findFirst());
    }

    private static boolean sameImage(String one, String other) {
        return withTag(one).equals(withTag(other));
    }

    private static String withTag(String reference) {
        return withoutTag(reference).equals(reference) ? reference + ":latest" : reference;
    }

    private Optional<ImageSource> pulled(ComposeService service, String reference) {
        String path = "services/" + service.name() + "/image";
        Optional<String> digest = digestByReference.computeIfAbsent(
                service.pullPolicy() + " " + reference, unknown -> digest(service, reference));
        if (digest.isEmpty()) {
            Optional<Obstacle> obstacle = service.pullPolicy() == ComposeService.PullPolicy.NEVER
                    ? Optional.empty()
                    : digests.obstacle(reference);
            problems.error(
                    service.location("image"),
                    path,
                    "the image \"" + reference + "\" is " + whereItIsNot(service)
                            + obstacle.map(found -> " (" + found.words() + ")").orElse(""),
                    obstacle.flatMap(Obstacle::remedy)
                            .orElse("run \"docker pull " + reference + "\" to see why, or add \"build\" to build it"));
        }
        return digest.map(found -> new ImageSource.Pulled(reference, found, service.platform()));
    }

    /** What is pinned is a digest, so an image that is asked for anew costs a question, and is fetched only if it is another one. */
    private Optional<String> digest(ComposeService service, String reference) {
        return switch (service.pullPolicy()) {
            case ALWAYS -> digests.newestOf(reference);
            case REFRESH -> digests.newestOf(reference).or(() -> digests.digestOf(reference));
            case NEVER -> digests.presentOf(reference);
            case MISSING, BUILD -> digests.digestOf(reference);
        };
    }

    private static String whereItIsNot(ComposeService service) {
        return switch (service.pullPolicy()) {
            case ALWAYS -> "in no registry that answers, and \"pull_policy: always\" asks for it anew";
            case NEVER -> "not on this machine, and \"pull_policy: never\" asks no registry for it";
            case MISSING, BUILD, REFRESH -> "neither on this machine nor in a registry that answers";
        };
    }

    /** {@code registry:5000/shop/web:1.2@sha256:ab} is {@code registry:5000/shop/web}. */
    static String withoutTag(String reference) {
        String named = reference.split("@", -1)[0];
        int colon = named.lastIndexOf(':');
        return colon > named.lastIndexOf('/') ? named.substring(0, colon) : named;
    }
}
