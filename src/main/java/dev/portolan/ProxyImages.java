package dev.portolan;

import dev.portolan.demo.DemoImage;
import dev.portolan.demo.DemoImages;
import dev.portolan.docker.BuildMaterials;
import dev.portolan.docker.ContainerEngine;
import dev.portolan.images.ImageSupply;
import dev.portolan.model.ImageSource;
import dev.portolan.model.UserError;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The image of every proxy and edge, fetched or made when the first one on an engine has to start. */
final class ProxyImages {
    private static final Set<DemoImage> HAPROXY = Set.of(DemoImage.HAPROXY);

    private final AppParts parts;
    private final Consumer<String> progress;
    private final Map<ContainerEngine, ImageSource> known = new ConcurrentHashMap<>();

    ProxyImages(AppParts parts, Consumer<String> progress) {
        this.parts = parts;
        this.progress = progress;
    }

    /**
     * What an engine calls it, once the engine has it.
     *
     * @param home the engine that has images of no registry; empty for the engine itself
     * @param supply what brings images from there
     */
    ImageSource on(ContainerEngine engine, Optional<ContainerEngine> home, ImageSupply supply) {
        if (home.isEmpty()) {
            return known.computeIfAbsent(engine, this::ensure);
        }
        ImageSource image = known.computeIfAbsent(home.get(), this::ensure);
        supply.provide(image, BuildMaterials.NONE, progress);
        return image;
    }

    private ImageSource ensure(ContainerEngine engine) {
        String reference = new DemoImages(engine, parts.machine(), parts.state())
                .ensure(HAPROXY, progress)
                .references()
                .getOrDefault(DemoImage.HAPROXY, DemoImage.HAPROXY.official());
        String digest = engine.imageDigest(reference)
                .orElseThrow(() ->
                        new UserError("the image " + reference + " is gone from the engine", "run the command again"));
        return new ImageSource.Pulled(reference, digest);
    }
}
