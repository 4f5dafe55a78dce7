package dev.portolan.docker.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portolan.docker.ImageStore;
import dev.portolan.http.HttpHeaders;
import dev.portolan.http.HttpRequest;
import dev.portolan.model.ImageSource;
import dev.portolan.model.Platform;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Images as archives, by the engine's API. */
final class ImageArchives implements ImageStore {
    private static final HttpHeaders TAR = HttpHeaders.NONE.with("Content-Type", "application/x-tar");

    /** What an engine says of its storage when containerd has its images; others name no such thing. */
    private static final String CONTAINERD = "io.containerd.snapshotter";

    private final EngineCalls calls;
    private final Images images;

    ImageArchives(EngineCalls calls, Images images) {
        this.calls = calls;
        this.images = images;
    }

    @Override
    public Optional<Stored> find(ImageSource image) {
        return calls.doing("look at the image " + image.reference(), () -> images.find(image))
                .map(found -> stored(image, found));
    }

    private static Stored stored(ImageSource image, JsonNode found) {
        ImageName name = ImageName.parse(image.reference());
        String variant = found.path("Variant").asText();
        return new Stored(
                found.path("Id").asText(),
                new Platform(
                        found.path("Os").asText(), found.path("Architecture").asText(), variant),
                name.version().contains(":") ? List.of() : List.of(name.repository() + ":" + name.version()),
                image instanceof ImageSource.Pulled pulled && isOfRegistry(found, name, pulled.digest()));
    }

    private static boolean isOfRegistry(JsonNode found, ImageName name, String digest) {
        for (JsonNode entry : found.path("RepoDigests")) {
            if (name.isOfRepository(entry.asText()) && entry.asText().endsWith("@" + digest)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void save(String id, Reader reader) {
        calls.doing("save the image " + id, () -> {
            try (var exchange =
                    calls.stream("GET", Query.path("images", id, "get"), HttpHeaders.NONE, new HttpRequest.NoBody())) {
                reader.read(exchange.response().body());
            }
            return id;
        });
    }

    @Override
    public Loading load(Archive archive) {
        String doing = "load an image";
        return calls.doing(doing, () -> {
            Query query = Query.path("images", "load").with("quiet", true);
            try (var exchange = calls.stream("POST", query, TAR, new HttpRequest.Written(archive::writeTo))) {
                new ProgressReader(line -> {}).read(exchange.response().body());
                return new Loading.Loaded();
            } catch (RefusedException refused) {
                return new Loading.Refused(calls.failure(doing, refused));
            }
        });
    }

    @Override
    public boolean takesWholeImagesOnly() {
        return calls.doing("look at the container engine", () -> {
            for (JsonNode pair : calls.read(Query.path("info")).path("DriverStatus")) {
                if (pair.path(1).asText().startsWith(CONTAINERD)) {
                    return true;
                }
            }
            return false;
        });
    }

    @Override
    public void recognize(ImageSource.Pulled image) {
        ImageName name = ImageName.parse(image.reference());
        calls.doing("name the image " + image.reference(), () -> {
            boolean known = images.find(image).isPresent();
            if (!known) {
                ImageName own = ImageName.parse(Images.byDigest(image.digest()));
                calls.post(Query.path("images", name.repository() + ":" + name.version(), "tag")
                        .with("repo", own.repository())
                        .with("tag", own.version()));
            }
            return known;
        });
    }

    @Override
    public void removeParts(String of) {
        calls.doing("remove parts of the image " + of, () -> {
            Query parts = Query.path("images", "json").with("all", true).withLabels(Map.of(PART_OF, of));
            for (JsonNode part : calls.read(parts)) {
                remove(part.path("Id").asText());
            }
            return of;
        });
    }

    private void remove(String id) throws IOException {
        try {
            calls.delete(Query.path("images", id));
        } catch (RefusedException e) {
            if (e.status() != 404 && e.status() != 409) {
                throw e;
            }
        }
    }
}
