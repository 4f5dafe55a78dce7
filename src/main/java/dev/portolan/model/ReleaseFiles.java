package dev.portolan.model;

import java.util.List;
import java.util.Map;

/**
 * A file or folder of the project that travels with the release.
 *
 * @param digest of all that it holds; its name on every host
 * @param name relative to the project's folder, empty for that folder itself; that begins with .. outside of it, or absolute
 * @param path absolute, where it was read on the machine of the command line
 * @param without paths in it that stay out, since they are data
 * @param parts the first digits of the digest of each thing in it by its path, the empty one for the whole; none when there are many
 */
public record ReleaseFiles(String digest, String name, String path, List<String> without, Map<String, String> parts) {

    public ReleaseFiles {
        without = List.copyOf(without);
        parts = Map.copyOf(parts);
    }

    /** As a person names it: such as {@code ./nginx.conf}. */
    public String text() {
        return text(name);
    }

    /** As a person names what {@link #name} says. */
    public static String text(String name) {
        return name.isEmpty()
                ? "the project's folder"
                : name.startsWith("/") || name.startsWith("..") ? name : "./" + name;
    }
}
