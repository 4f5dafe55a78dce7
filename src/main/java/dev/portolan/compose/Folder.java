package dev.portolan.compose;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder of a project, where relative paths start.
 *
 * @param path absolute
 * @param home where {@code ~} leads, if that is known
 */
record Folder(Path path, Optional<String> home) {

    Folder {
        path = path.toAbsolutePath().normalize();
    }

    /** The absolute path that a text in a Compose file means. */
    Path resolve(String text) throws InvalidValue {
        String expanded = text;
        if (text.equals("~") || text.startsWith("~/")) {
            String start = home.orElseThrow(() -> new InvalidValue(
                    "\"" + text + "\" starts in a home folder that is not known", "set HOME, or write the whole path"));
            expanded = start + text.substring(1);
        }
        if (expanded.indexOf('\0') >= 0) {
            throw new InvalidValue("the path holds a NUL character", "remove it");
        }
        return path.resolve(expanded).normalize();
    }
}
