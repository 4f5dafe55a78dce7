package dev.portolan.cli;

import dev.portolan.config.ImageDigests;
import dev.portolan.docker.ContainerEngine;
import dev.portolan.docker.RegistryAnswer;
import java.util.Optional;

/**
 * The images that an engine has, and, where it has none, those of registries.
 *
 * @param engine is asked; stays open
 */
record KnownImages(ContainerEngine engine) implements ImageDigests {

    @Override
    public Optional<String> digestOf(String reference) {
        return presentOf(reference).or(() -> newestOf(reference));
    }

    @Override
    public Optional<String> newestOf(String reference) {
        return engine.registryDigest(reference);
    }

    @Override
    public Optional<Obstacle> obstacle(String reference) {
        return switch (engine.askRegistry(reference)) {
            case RegistryAnswer.Has _ -> Optional.empty();
            case RegistryAnswer.HasNot(String words, var remedy) -> Optional.of(new Obstacle(words, remedy));
        };
    }

    @Override
    public Optional<String> presentOf(String reference) {
        return engine.imageDigest(reference);
    }
}
