package dev.portolan.config;

import dev.portolan.build.RepositoryCommit;
import java.util.Optional;

/** Knows what image a reference means now, and what commit a repository's address means, so that a release pins them. */
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

    /** Why {@link #newestOf} is empty; empty when there is nothing to say about it. */
    default Optional<Obstacle> obstacle(String reference) {
        return Optional.empty();
    }

    /**
     * @param words of whoever asked the registry
     * @param remedy when there is a better one than to look
     */
    record Obstacle(String words, Optional<String> remedy) {}

    /**
     * @param address of a git repository, as {@code build.context} has it
     */
    default RepositoryCommit commitOf(String address) {
        return RepositoryCommit.of(address);
    }
}
