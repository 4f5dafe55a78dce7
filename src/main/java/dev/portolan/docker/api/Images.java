package dev.portolan.docker.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portolan.build.BuildFolder;
import dev.portolan.docker.EngineException;
import dev.portolan.http.HttpHeaders;
import dev.portolan.http.HttpRequest;
import dev.portolan.model.ImageSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Images: looked up, fetched, built, imported. */
final class Images {
    private static final HttpHeaders TAR = HttpHeaders.NONE.with("Content-Type", "application/x-tar");

    private final EngineCalls calls;

    Images(EngineCalls calls) {
        this.calls = calls;
    }

    Optional<String> digest(String reference) {
        return calls.finding(
                        "look at the image " + reference, () -> calls.read(Query.path("images", reference, "json")))
                .map(image -> digestIn(image, ImageName.parse(reference)));
    }

    private static String digestIn(JsonNode image, ImageName name) {
        for (JsonNode entry : image.path("RepoDigests")) {
            if (name.isOfRepository(entry.asText())) {
                return entry.asText().substring(entry.asText().indexOf('@') + 1);
            }
        }
        return image.path("Id").asText();
    }

    boolean has(ImageSource image) {
        return calls.doing("look at the image " + image.reference(), () -> {
            for (String candidate : candidates(image)) {
                if (has(candidate)) {
                    return true;
                }
            }
            return false;
        });
    }

    boolean has(String image) throws IOException {
        try {
            calls.read(Query.path("images", image, "json"));
            return true;
        } catch (RefusedException e) {
            if (e.status() == 404) {
                return false;
            }
            throw e;
        }
    }

    /**
     * What the engine may know an image as, most exact first. A plan holds a digest, so that a tag that moves in the
     * meantime changes nothing: the registry's, if the engine has the image from one, otherwise the image's own id.
     */
    List<String> candidates(ImageSource source) {
        return switch (source) {
            case ImageSource.Built built -> List.of(built.reference());
            case ImageSource.Pulled(String reference, String digest) ->
                digest.isEmpty()
                        ? List.of(reference)
                        : List.of(ImageName.parse(reference).repository() + "@" + digest, digest);
        };
    }

    /** A registry that cannot be reached, or that has no such image, is not the engine's failure. */
    Optional<String> registryDigest(String reference) {
        return calls.doing("ask the registry about " + reference, () -> {
            try {
                JsonNode answer = calls.read(Query.path("distribution", reference, "json"));
                return Optional.of(answer.path("Descriptor").path("digest").asText())
                        .filter(text -> !text.isEmpty());
            } catch (RefusedException e) {
                return Optional.empty();
            }
        });
    }

    /** An image that is fetched by its digest has no name; it gets the one it was asked for by. */
    void pull(ImageSource.Pulled image, Consumer<String> progress) {
        ImageName name = ImageName.parse(image.reference());
        String version = image.digest().isEmpty() ? name.version() : image.digest();
        Query query = Query.path("images", "create")
                .with("fromImage", name.repository())
                .with("tag", version);
        calls.doing("fetch the image " + image.reference(), () -> {
            try (var exchange = calls.stream("POST", query, HttpHeaders.NONE, new HttpRequest.NoBody())) {
                new ProgressReader(progress).read(exchange.response().body());
            }
            if (!version.equals(name.version())) {
                calls.post(Query.path("images", name.repository() + "@" + version, "tag")
                        .with("repo", name.repository())
                        .with("tag", name.version()));
            }
            return image;
        });
    }

    void importImage(String reference, InputStream tar) {
        ImageName name = ImageName.parse(reference);
        Query query = Query.path("images", "create")
                .with("fromSrc", "-")
                .with("repo", name.repository())
                .with("tag", name.version());
        calls.doing("import the image " + reference, () -> {
            try (var exchange = calls.stream("POST", query, TAR, new HttpRequest.Stream(tar))) {
                new ProgressReader(line -> {}).read(exchange.response().body());
            }
            return reference;
        });
    }

    void build(ImageSource.Built image, Consumer<String> progress) {
        Path folder = Path.of(image.contextDirectory());
        String doing = "build the image " + image.reference();
        if (!Files.isRegularFile(folder.resolve(image.dockerfile()))) {
            throw new EngineException(
                    "Could not " + doing + ": there is no " + folder.resolve(image.dockerfile()),
                    "Write a Dockerfile, or name it in `build.dockerfile`.",
                    new java.nio.file.NoSuchFileException(image.dockerfile()));
        }
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        ContainerBody.strings(arguments, image.arguments());
        Query plain = Query.path("build")
                .with("t", image.reference())
                .with("dockerfile", image.dockerfile())
                .with("buildargs", arguments.toString())
                .with("rm", true)
                .with("forcerm", true);
        Query query =
                image.target().isPresent() ? plain.with("target", image.target().get()) : plain;
        calls.doing(doing, () -> {
            var content = new HttpRequest.Written(contentOf(folder, image.dockerfile(), doing));
            try (var exchange = calls.stream("POST", query, TAR, content)) {
                new ProgressReader(progress).read(exchange.response().body());
            } catch (UncheckedIOException e) {
                throw unreadable(folder, doing, e);
            }
            return image;
        });
    }

    private static HttpRequest.Content contentOf(Path folder, String dockerfile, String doing) {
        try {
            return Archives.folder(BuildFolder.open(folder, dockerfile));
        } catch (IOException e) {
            throw unreadable(folder, doing, e);
        }
    }

    private static EngineException unreadable(Path folder, String doing, Exception cause) {
        return new EngineException(
                "Could not " + doing + ": a file of " + folder + " cannot be read (" + cause.getMessage() + ")",
                "Make it readable, or name it in .dockerignore.",
                cause);
    }
}
