package dev.portolan.config;

import java.util.Optional;

/** Knows what image a reference means now, so that a release pins it. */
@FunctionalInterface
public interface ImageDigests {

    /**
     * @param reference as the Compose file has it, such as {@code redis:7}
     * @return {@code sha256:...}: the registry's digest where the engine knows one, otherwise the image's id; empty when
     *     neither the engine nor a registry has the image
     */
    Optional<String> digestOf(String reference);

    /** As above, of what the registry has now; empty when it does not answer. */
    default Optional<String> newestOf(String reference) {
        return digestOf(reference);
    }

    /** As above, of what the engine has, without a question to a registry. */
    default Optional<String> presentOf(String reference) {
        return digestOf(reference);
    }
}
