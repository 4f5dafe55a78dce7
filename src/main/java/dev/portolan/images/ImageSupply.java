package dev.portolan.images;

import dev.portolan.docker.BuildMaterials;
import dev.portolan.docker.ContainerEngine;
import dev.portolan.model.ImageSource;
import java.util.function.Consumer;

/** Where a host has its images from. */
@FunctionalInterface
public interface ImageSupply {

    /**
     * Returns once the host's engine has exactly this image.
     *
     * @param materials what a build may ask for
     * @param progress one line at a time, for a person
     * @throws dev.portolan.model.UserError when it cannot be had
     */
    void provide(ImageSource image, BuildMaterials materials, Consumer<String> progress);

    /** An engine that fetches and builds for itself. */
    static ImageSupply of(ContainerEngine engine) {
        return (image, materials, progress) -> {
            switch (image) {
                case ImageSource.Pulled pulled -> engine.pull(pulled, progress);
                case ImageSource.Built built -> engine.build(built, materials, progress);
            }
        };
    }
}
