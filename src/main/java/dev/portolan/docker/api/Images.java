package dev.portolan.docker.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portolan.docker.ImageStore;
import dev.portolan.docker.RegistryAnswer;
import dev.portolan.http.HttpHeaders;
import dev.portolan.http.HttpRequest;
import dev.portolan.model.ImageSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Images: looked up, fetched, imported. */
final class Images {
    private static final HttpHeaders TAR = HttpHeaders.NONE.with("Content-Type", "application/x-tar");

    private final EngineCalls calls;
    private final RegistryAccess registries;

    Images(EngineCalls calls, RegistryAccess registries) {
        this.calls = calls;
        this.registries = registries;
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
        return calls.doing(
                "look at the image " + image.reference(), () -> find(image).isPresent());
    }

    /** What the engine says of exactly this image. */
    Optional<JsonNode> find(ImageSource image) throws IOException {
        for (String candidate : candidates(image)) {
            Optional<JsonNode> found = find(candidate);
            if (found.isPresent() && isFor(found.get(), image.platform())) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** An image of several platforms has one name; the engine has one of them. */
    private static boolean isFor(JsonNode image, Optional<String> platform) {
        String own =
                image.path("Os").asText() + "/" + image.path("Architecture").asText();
        return platform.map(wanted -> wanted.equals(own) || wanted.startsWith(own + "/"))
                .orElse(true);
    }

    private Optional<JsonNode> find(String image) throws IOException {
        try {
            return Optional.of(calls.read(Query.path("images", image, "json")));
        } catch (RefusedException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    boolean has(String image) throws IOException {
        return find(image).isPresent();
    }

    /**
     * What the engine may know an image as, most exact first. A plan holds a digest, so that a tag that moves in the
     * meantime changes nothing: the registry's, if the engine has the image from one, otherwise the image's own id, or else the name
     * that it got when it came from another engine.
     */
    List<String> candidates(ImageSource source) {
        return switch (source) {
            case ImageSource.Built built -> List.of(built.reference());
            case ImageSource.Pulled(String reference, String digest, var platform) ->
                digest.isEmpty()
                        ? List.of(reference)
                        : List.of(ImageName.parse(reference).repository() + "@" + digest, digest, byDigest(digest));
        };
    }

    /** The name of an image that an engine has from another one, and that is not known by its digest there. */
    static String byDigest(String digest) {
        return ImageStore.BY_DIGEST + ":" + digest.substring(digest.indexOf(':') + 1);
    }

    /** A registry that cannot be reached, or that has no such image, is not the engine's failure. */
    RegistryAnswer askRegistry(String reference) {
        ImageName name = ImageName.parse(reference);
        return calls.doing("ask the registry about " + reference, () -> {
            try {
                JsonNode answer = calls.read(Query.path("distribution", reference, "json"), registries.of(name));
                String digest = answer.path("Descriptor").path("digest").asText();
                return digest.isEmpty()
                        ? new RegistryAnswer.HasNot("the registry says no digest", Optional.empty())
                        : new RegistryAnswer.Has(digest);
            } catch (RefusedException e) {
                return new RegistryAnswer.HasNot(
                        e.message(),
                        RegistryAccess.isRefusal(e.message())
                                ? Optional.of(registries.logins().remedy(name.registry()))
                                : Optional.empty());
            }
        });
    }

    /** An image that is fetched by its digest has no name; it gets the one it was asked for by. */
    void pull(ImageSource.Pulled image, Consumer<String> progress) {
        ImageName name = ImageName.parse(image.reference());
        String version = image.digest().isEmpty() ? name.version() : image.digest();
        Query plain = Query.path("images", "create")
                .with("fromImage", name.repository())
                .with("tag", version);
        Query query = image.platform().isPresent()
                ? plain.with("platform", image.platform().get())
                : plain;
        String doing = "fetch the image " + image.reference();
        calls.doing(doing, () -> {
            try (var exchange = calls.stream("POST", query, registries.of(name), new HttpRequest.NoBody())) {
                new ProgressReader(progress).read(exchange.response().body());
            } catch (RefusedException refused) {
                throw registries
                        .refusal(doing, refused.message(), List.of(name.registry()), refused)
                        .orElseThrow(() -> refused);
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

    void forget(ImageSource image) {
        calls.doing("remove the image " + image.reference(), () -> {
            switch (image) {
                case ImageSource.Built built -> remove(built.reference());
                case ImageSource.Pulled(String reference, String digest, var platform) -> {
                    if (!digest.isEmpty()) {
                        forget(reference, digest);
                    }
                }
            }
            return image;
        });
    }

    private void forget(String reference, String digest) throws IOException {
        String fetched = ImageName.parse(reference).repository() + "@" + digest;
        Optional<String> id = find(fetched).map(Images::idOf);
        if (id.isPresent()) {
            if (find(reference).map(Images::idOf).equals(id)) {
                remove(reference);
            }
            remove(fetched);
        } else if (find(digest).filter(own -> own.path("RepoTags").isEmpty()).isPresent()) {
            remove(digest);
        }
    }

    private static String idOf(JsonNode image) {
        return image.path("Id").asText();
    }

    /** Unless a container uses it. */
    private void remove(String image) throws IOException {
        try {
            calls.delete(Query.path("images", image));
        } catch (RefusedException e) {
            if (e.status() != 404 && e.status() != 409) {
                throw e;
            }
        }
    }

    /** Takes a name off an image; nothing happens when it is not there. */
    void untag(String reference) throws IOException {
        try {
            calls.delete(Query.path("images", reference).with("noprune", true));
        } catch (RefusedException e) {
            if (e.status() != 404 && e.status() != 409) {
                throw e;
            }
        }
    }
}
