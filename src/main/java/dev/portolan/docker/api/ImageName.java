package dev.portolan.docker.api;

import java.util.Set;

/**
 * An image reference in its parts.
 *
 * @param repository with the registry, if it names one
 * @param version a tag, a digest ({@code sha256:...}), or {@code latest} when it says nothing
 */
record ImageName(String repository, String version) {
    static final String HUB = "docker.io";

    /** What Docker has called Docker Hub since there was only one registry. */
    private static final String KEY_OF_HUB = "https://index.docker.io/v1/";

    private static final Set<String> NAMES_OF_HUB = Set.of(HUB, "registry-1.docker.io", "index.docker.io");

    static ImageName parse(String reference) {
        int at = reference.indexOf('@');
        String named = at < 0 ? reference : reference.substring(0, at);
        int colon = named.lastIndexOf(':');
        boolean tagged = colon > named.lastIndexOf('/');
        String repository = tagged ? named.substring(0, colon) : named;
        String tag = tagged ? named.substring(colon + 1) : "latest";
        return new ImageName(repository, at < 0 ? tag : reference.substring(at + 1));
    }

    /** The registry that has it, such as {@code localhost:5000}; {@code docker.io} when it names none. */
    String registry() {
        int slash = repository.indexOf('/');
        String first = slash < 0 ? "" : repository.substring(0, slash);
        return first.contains(".") || first.contains(":") || first.equals("localhost") ? first : HUB;
    }

    static boolean isHub(String registry) {
        return NAMES_OF_HUB.contains(registry);
    }

    /** What logins to a registry are called, by Docker's own file and by its engine. */
    static String keyOf(String registry) {
        return isHub(registry) ? KEY_OF_HUB : registry;
    }

    /** Whether an entry of the engine's digests is of this repository; it leaves out the part that it takes as given. */
    boolean isOfRepository(String repositoryDigest) {
        String other = repositoryDigest.substring(0, Math.max(0, repositoryDigest.indexOf('@')));
        return !other.isEmpty() && (repository.equals(other) || repository.endsWith("/" + other));
    }
}
