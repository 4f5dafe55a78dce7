package dev.portolan.docker.api;

import dev.portolan.build.BuildFolder;
import dev.portolan.build.DockerfileText;
import dev.portolan.docker.BuildMaterials;
import dev.portolan.model.ImageSource;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** BuildKit, as Docker Compose has it, whatever the engine's own default is; the classic builder where there is no BuildKit. */
final class NewestBuilder implements Builds.Builder {
    /** What engines say to a path that they do not know. */
    private static final Set<Integer> UNKNOWN = Set.of(404, 405, 501);

    private final Builds.Builder buildKit;
    private final Builds.Builder classic;

    NewestBuilder(EngineCalls calls, RegistryAccess registries) {
        this.buildKit = new BuildKitBuilder(calls, registries);
        this.classic = new ClassicBuilder(calls, registries);
    }

    @Override
    public void build(
            ImageSource.Built image,
            Optional<BuildFolder> folder,
            Optional<DockerfileText> dockerfile,
            BuildMaterials materials,
            Consumer<String> progress)
            throws IOException {
        try {
            buildKit.build(image, folder, dockerfile, materials, progress);
        } catch (RefusedException refused) {
            if (!UNKNOWN.contains(refused.status())) {
                throw refused;
            }
            classic.build(image, folder, dockerfile, materials, progress);
        }
    }
}
