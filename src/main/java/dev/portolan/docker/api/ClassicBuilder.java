package dev.portolan.docker.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portolan.build.BuildFolder;
import dev.portolan.build.DockerfileText;
import dev.portolan.buildkit.Solve.Cache;
import dev.portolan.docker.BuildMaterials;
import dev.portolan.docker.EngineException;
import dev.portolan.http.HttpHeaders;
import dev.portolan.http.HttpRequest;
import dev.portolan.model.BuildManner;
import dev.portolan.model.ImageSource;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The builder of engines without BuildKit: one request with an archive of the folder. */
final class ClassicBuilder implements Builds.Builder {
    private static final HttpHeaders TAR = HttpHeaders.NONE.with("Content-Type", "application/x-tar");

    private final EngineCalls calls;
    private final RegistryAccess registries;

    ClassicBuilder(EngineCalls calls, RegistryAccess registries) {
        this.calls = calls;
        this.registries = registries;
    }

    @Override
    public void build(
            ImageSource.Built image,
            Optional<BuildFolder> folder,
            Optional<DockerfileText> dockerfile,
            BuildMaterials materials,
            Consumer<String> progress)
            throws IOException {
        refuseWhatItCannotDo(image, dockerfile);
        Query query = query(image, dockerfile);
        Set<String> asked = RegistryAccess.namedIn(
                dockerfile.map(DockerfileText::text).orElse(""),
                image.arguments().values());
        try {
            build(image, folder, dockerfile, query, registries.of(asked, TAR), progress);
        } catch (RefusedException refused) {
            throw registries
                    .refusal("build the image " + image.reference(), refused.message(), asked, refused)
                    .orElseThrow(() -> refused);
        }
    }

    private void build(
            ImageSource.Built image,
            Optional<BuildFolder> folder,
            Optional<DockerfileText> dockerfile,
            Query query,
            HttpHeaders headers,
            Consumer<String> progress)
            throws IOException {
        if (folder.isEmpty()) {
            run(query, headers, new HttpRequest.NoBody(), progress);
            return;
        }
        boolean asItIs = dockerfile.map(text -> text.added() == 0).orElse(true)
                && image.dockerfileText().isEmpty()
                && !image.dockerfile().startsWith("/");
        HttpRequest.Content content = asItIs
                ? Archives.folder(folder.get())
                : Archives.folder(folder.get(), dockerfile.orElseThrow().text());
        run(
                query.with("dockerfile", asItIs ? image.dockerfile() : Archives.OWN_DOCKERFILE),
                headers,
                new HttpRequest.Written(content),
                progress);
    }

    private void run(Query query, HttpHeaders headers, HttpRequest.Body body, Consumer<String> progress)
            throws IOException {
        try (var exchange = calls.stream("POST", query, headers, body)) {
            new ProgressReader(progress).read(exchange.response().body());
        }
    }

    private static void refuseWhatItCannotDo(ImageSource.Built image, Optional<DockerfileText> dockerfile) {
        BuildManner manner = image.mannerOrUsual();
        String what = !manner.secrets().isEmpty()
                ? "secrets"
                : !manner.agents().isEmpty()
                        ? "ssh"
                        : image.repository().isPresent() && dockerfile.isPresent()
                                ? "a Dockerfile of its own for a repository"
                                : "";
        if (!what.isEmpty()) {
            throw new EngineException(
                    "Could not build the image " + image.reference()
                            + ": the engine has no BuildKit, and its builder knows no " + what,
                    "Install a Docker Engine with BuildKit on the host, or build without it.",
                    new UnsupportedOperationException(what));
        }
    }

    private static Query query(ImageSource.Built image, Optional<DockerfileText> dockerfile) {
        BuildManner manner = image.mannerOrUsual();
        Query query = Query.path("build").with("rm", true).with("forcerm", true);
        for (String name : BuildAttributes.names(image)) {
            query = query.with("t", name);
        }
        query = query.with("buildargs", json(image.arguments())).with("labels", json(image.labels()));
        if (image.repository().isPresent()) {
            query = query.with("remote", image.repository().get()).with("dockerfile", image.dockerfile());
        }
        if (image.target().isPresent()) {
            String target = image.target().get();
            query = query.with(
                    "target", dockerfile.map(text -> text.target(target)).orElse(target));
        }
        if (image.platform().isPresent()) {
            query = query.with("platform", image.platform().get());
        }
        if (image.network().isPresent()) {
            query = query.with("networkmode", image.network().get());
        }
        for (String host : image.hosts()) {
            query = query.with("extrahosts", host);
        }
        if (manner.shmBytes() > 0) {
            query = query.with("shmsize", Long.toString(manner.shmBytes()));
        }
        if (!manner.ulimits().isEmpty()) {
            query = query.with("ulimits", ulimits(manner));
        }
        return cached(query, manner);
    }

    private static Query cached(Query plain, BuildManner manner) {
        Query query = plain;
        if (manner.noCache()) {
            query = query.with("nocache", true);
        }
        if (manner.pull()) {
            query = query.with("pull", true);
        }
        var images = JsonNodeFactory.instance.arrayNode();
        for (Cache cache : BuildAttributes.caches(manner.cacheFrom())) {
            String image = cache.attributes().getOrDefault("ref", "");
            if (!image.isEmpty()) {
                images.add(image);
            }
        }
        return images.isEmpty() ? query : query.with("cachefrom", images.toString());
    }

    private static String ulimits(BuildManner manner) {
        var limits = JsonNodeFactory.instance.arrayNode();
        manner.ulimits()
                .forEach((name, limit) -> limits.addObject()
                        .put("Name", name)
                        .put("Soft", limit.soft())
                        .put("Hard", limit.hard()));
        return limits.toString();
    }

    private static String json(Map<String, String> values) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ContainerBody.strings(node, values);
        return node.toString();
    }
}
