package dev.portolan.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a container's image comes from. */
public sealed interface ImageSource {

    /** What the engine calls it: a reference that {@code docker run} takes. */
    String reference();

    /** What it runs on, such as {@code linux/arm64}; empty for the engine's own platform. */
    Optional<String> platform();

    /**
     * An image of a registry or of the engine's own store.
     *
     * @param reference as the Compose file has it
     * @param digest {@code sha256:...}: the registry's digest where the engine knows one, otherwise the image's id
     * @param platform such as {@code linux/arm64}; empty for the engine's own
     */
    record Pulled(String reference, String digest, Optional<String> platform) implements ImageSource {

        /** An image for the engine's own platform. */
        public Pulled(String reference, String digest) {
            this(reference, digest, Optional.empty());
        }
    }

    /**
     * An image that is built from a folder of this machine, or from a git repository.
     *
     * @param reference {@code app-service:contenthash}: named by what it is built from, so that the same content is built
     *     once
     * @param contextDirectory absolute; of no meaning where there is a repository
     * @param dockerfile relative to the folder; absolute when it is outside of it
     * @param repository address of the git repository with the commit to build, which the engine fetches
     * @param dockerfileText in place of the file
     * @param sources what the Dockerfile may use by a name, besides its folder
     * @param labels of the image
     * @param platform such as {@code linux/arm64}; empty for the engine's own
     * @param network of the steps, such as that of the host; empty for the usual one
     * @param hosts names that the steps know, as {@code name:address}
     * @param manner how it is built, where that is said; it changes nothing in the image
     */
    record Built(
            String reference,
            String contextDirectory,
            String dockerfile,
            Map<String, String> arguments,
            Optional<String> target,
            Optional<String> repository,
            Optional<String> dockerfileText,
            Map<String, BuildSource> sources,
            Map<String, String> labels,
            Optional<String> platform,
            Optional<String> network,
            List<String> hosts,
            Optional<BuildManner> manner)
            implements ImageSource {

        public Built {
            hosts = List.copyOf(hosts);
        }

        /** An image that is built from a folder and nothing else. */
        public Built(
                String reference,
                String contextDirectory,
                String dockerfile,
                Map<String, String> arguments,
                Optional<String> target) {
            this(
                    reference,
                    contextDirectory,
                    dockerfile,
                    arguments,
                    target,
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    Map.of(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty());
        }

        /** The same, from a folder in place of a repository. */
        public Built from(String folder) {
            return new Built(
                    reference,
                    folder,
                    dockerfile,
                    arguments,
                    target,
                    Optional.empty(),
                    dockerfileText,
                    sources,
                    labels,
                    platform,
                    network,
                    hosts,
                    manner);
        }

        /** How it is built. */
        public BuildManner mannerOrUsual() {
            return manner.orElse(BuildManner.USUAL);
        }
    }
}
