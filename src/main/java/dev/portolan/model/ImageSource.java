package dev.portolan.model;

import java.util.Map;
import java.util.Optional;

/** Where a container's image comes from. */
public sealed interface ImageSource {

    /** What the engine calls it: a reference that {@code docker run} takes. */
    String reference();

    /**
     * An image of a registry or of the engine's own store.
     *
     * @param reference as the Compose file has it
     * @param digest {@code sha256:...}: the registry's digest where the engine knows one, otherwise the image's id
     */
    record Pulled(String reference, String digest) implements ImageSource {}

    /**
     * An image that is built from a folder.
     *
     * @param reference {@code app-service:contenthash}: named by what it is built from, so that the same content is built
     *     once
     * @param contextDirectory absolute
     * @param dockerfile relative to the folder
     */
    record Built(
            String reference,
            String contextDirectory,
            String dockerfile,
            Map<String, String> arguments,
            Optional<String> target)
            implements ImageSource {}
}
