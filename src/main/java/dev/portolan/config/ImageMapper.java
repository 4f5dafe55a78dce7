package dev.portolan.config;

import dev.portolan.build.BuildFolder;
import dev.portolan.compose.Build;
import dev.portolan.compose.ComposeService;
import dev.portolan.model.Fingerprint;
import dev.portolan.model.ImageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Says what image a service runs: one that is there, by its digest, or one to be built, by the hash of its content. */
final class ImageMapper {
    private static final int TAG_LENGTH = 12;

    private final String app;
    private final ImageDigests digests;
    private final Problems problems;
    private final Map<String, Optional<String>> digestByReference = new HashMap<>();
    private final Map<String, String> hashByFolder = new HashMap<>();

    ImageMapper(String app, ImageDigests digests, Problems problems) {
        this.app = app;
        this.digests = digests;
        this.problems = problems;
    }

    /** What the name of a built image says of it. */
    private record BuildContent(
            String files, String dockerfile, Map<String, String> arguments, Optional<String> target) {}

    /** Empty when there is a problem. */
    Optional<ImageSource> image(ComposeService service) {
        if (service.build().isPresent()) {
            return built(service, service.build().get());
        }
        return service.image().flatMap(reference -> pulled(service, reference));
    }

    private Optional<ImageSource> pulled(ComposeService service, String reference) {
        String path = "services/" + service.name() + "/image";
        Optional<String> digest = digestByReference.computeIfAbsent(
                service.pullPolicy() + " " + reference, unknown -> digest(service, reference));
        if (digest.isEmpty()) {
            problems.error(
                    service.location("image"),
                    path,
                    "the image \"" + reference + "\" is " + whereItIsNot(service),
                    "run \"docker pull " + reference + "\" to see why, or add \"build\" to build it");
        }
        return digest.map(found -> new ImageSource.Pulled(reference, found));
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

    private Optional<ImageSource> built(ComposeService service, Build build) {
        String path = "services/" + service.name() + "/build";
        Path context = build.context().normalize();
        String dockerfile = context.relativize(
                        context.resolve(build.dockerfile()).normalize())
                .toString()
                .replace('\\', '/');
        if (!Files.isDirectory(context)) {
            problems.error(build.location(), path, "there is no folder " + context, "correct the path of \"context\"");
            return Optional.empty();
        }
        if (dockerfile.startsWith("..")) {
            problems.error(
                    build.location(),
                    path,
                    "a Dockerfile outside of the folder that is built is not supported by this version yet",
                    "move it into " + context);
            return Optional.empty();
        }
        if (!Files.isRegularFile(context.resolve(dockerfile))) {
            problems.error(
                    build.location(),
                    path,
                    "there is no file " + context.resolve(dockerfile),
                    "write one, or name it with \"dockerfile\"");
            return Optional.empty();
        }
        return contentHash(build, path, context, dockerfile).map(files -> {
            String hash =
                    Fingerprint.of(CanonicalText.of(new BuildContent(files, dockerfile, build.args(), build.target())));
            String name = service.image().map(ImageMapper::withoutTag).orElse(app + "-" + service.name());
            return new ImageSource.Built(
                    name + ":" + hash.substring(0, TAG_LENGTH),
                    context.toString(),
                    dockerfile,
                    build.args(),
                    build.target());
        });
    }

    private Optional<String> contentHash(Build build, String path, Path context, String dockerfile) {
        try {
            String key = context + "\0" + dockerfile;
            String known = hashByFolder.get(key);
            if (known == null) {
                known = BuildFolder.open(context, dockerfile).contentHash();
                hashByFolder.put(key, known);
            }
            return Optional.of(known);
        } catch (IOException unreadable) {
            problems.error(
                    build.location(),
                    path,
                    "cannot read " + unreadable.getMessage(),
                    "correct its rights, or leave it out with " + context.resolve(".dockerignore"));
            return Optional.empty();
        }
    }

    /** {@code registry:5000/shop/web:1.2@sha256:ab} is {@code registry:5000/shop/web}. */
    static String withoutTag(String reference) {
        String named = reference.split("@", -1)[0];
        int colon = named.lastIndexOf(':');
        return colon > named.lastIndexOf('/') ? named.substring(0, colon) : named;
    }
}
