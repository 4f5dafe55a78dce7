package dev.portolan.compose;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image in full, with its registry.
 *
 * @param name such as {@code docker.io/library/nginx}
 * @param tag empty when a digest was written, which says more
 * @param digest such as {@code sha256:...}
 */
record ImageReference(String name, Optional<String> tag, Optional<String> digest) {
    private static final String USUAL_REGISTRY = "docker.io";
    private static final Pattern WRITTEN = Pattern.compile(
            "(?<name>[a-zA-Z0-9][a-zA-Z0-9._:/\\[\\]-]*?)(?::(?<tag>[\\w][\\w.-]{0,127}))?(?:@(?<digest>[a-zA-Z][\\w+.-]*:[0-9a-fA-F]{32,}))?");
    private static final Pattern REPOSITORY =
            Pattern.compile("[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*");

    /** @throws InvalidValue when it is no name of an image */
    static ImageReference of(String text) throws InvalidValue {
        Matcher written = WRITTEN.matcher(text);
        if (written.matches()) {
            String name = written.group("name");
            int slash = name.indexOf('/');
            String first = slash < 0 ? "" : name.substring(0, slash);
            boolean registry = first.contains(".")
                    || first.contains(":")
                    || first.equals("localhost")
                    || first.chars().anyMatch(Character::isUpperCase);
            String host = registry && !first.equals("index.docker.io") ? first : USUAL_REGISTRY;
            String repository = registry ? name.substring(slash + 1) : name;
            if (REPOSITORY.matcher(repository).matches()) {
                String official = host.equals(USUAL_REGISTRY) && !repository.contains("/") ? "library/" : "";
                Optional<String> digest = Optional.ofNullable(written.group("digest"));
                Optional<String> tag = Optional.ofNullable(written.group("tag")).or(() -> Optional.of("latest"));
                return new ImageReference(
                        host + "/" + official + repository, digest.isPresent() ? Optional.empty() : tag, digest);
            }
        }
        throw new InvalidValue("\"" + text + "\" is no name of an image", "write for example nginx:1.29");
    }

    /** The same, with a digest behind the tag. */
    ImageReference withDigest(String known) {
        return new ImageReference(name, tag, Optional.of(known));
    }

    @Override
    public String toString() {
        return name
                + tag.map(text -> ":" + text).orElse("")
                + digest.map(text -> "@" + text).orElse("");
    }
}
