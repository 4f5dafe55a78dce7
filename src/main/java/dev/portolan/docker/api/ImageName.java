package dev.portolan.docker.api;

/**
 * An image reference in its parts.
 *
 * @param repository with the registry, if it names one
 * @param version a tag, a digest ({@code sha256:...}), or {@code latest} when it says nothing
 */
record ImageName(String repository, String version) {

    static ImageName parse(String reference) {
        int at = reference.indexOf('@');
        String named = at < 0 ? reference : reference.substring(0, at);
        int colon = named.lastIndexOf(':');
        boolean tagged = colon > named.lastIndexOf('/');
        String repository = tagged ? named.substring(0, colon) : named;
        String tag = tagged ? named.substring(colon + 1) : "latest";
        return new ImageName(repository, at < 0 ? tag : reference.substring(at + 1));
    }

    /** Whether an entry of the engine's digests is of this repository; it leaves out the part that it takes as given. */
    boolean isOfRepository(String repositoryDigest) {
        String other = repositoryDigest.substring(0, Math.max(0, repositoryDigest.indexOf('@')));
        return !other.isEmpty() && (repository.equals(other) || repository.endsWith("/" + other));
    }
}
