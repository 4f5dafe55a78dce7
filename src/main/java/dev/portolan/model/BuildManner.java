package dev.portolan.model;

import dev.portolan.model.ContainerSpec.FileSource;
import dev.portolan.model.ContainerSpec.Ulimit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an image is built, where it makes no difference to what is in it.
 *
 * @param noCache whether every step is done anew
 * @param pull whether the registry is asked for newer base images
 * @param cacheFrom where to look for steps that are done already, as Compose writes it
 * @param cacheTo where to leave them
 * @param tags further names of the image
 * @param secrets by the name that the Dockerfile has for them: where their values are, never the values
 * @param agents SSH agents by the name that the Dockerfile has for them; one without a socket is the command line's own
 * @param shmBytes size of /dev/shm in the steps; 0 for the engine's default
 * @param ulimits of the steps
 * @param entitlements what a step may be allowed beyond the usual, such as {@code security.insecure}
 */
public record BuildManner(
        boolean noCache,
        boolean pull,
        List<String> cacheFrom,
        List<String> cacheTo,
        List<String> tags,
        Map<String, FileSource> secrets,
        Map<String, Optional<String>> agents,
        long shmBytes,
        Map<String, Ulimit> ulimits,
        List<String> entitlements) {

    /** Nothing is said. */
    public static final BuildManner USUAL =
            new BuildManner(false, false, List.of(), List.of(), List.of(), Map.of(), Map.of(), 0, Map.of(), List.of());

    public BuildManner {
        cacheFrom = List.copyOf(cacheFrom);
        cacheTo = List.copyOf(cacheTo);
        tags = List.copyOf(tags);
        secrets = Map.copyOf(secrets);
        agents = Map.copyOf(agents);
        ulimits = Map.copyOf(ulimits);
        entitlements = List.copyOf(entitlements);
    }
}
