package dev.portolan.compose;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The folder of a project, where relative paths start.
 *
 * @param path absolute
 */
record Folder(Path path) {

    Folder {
        path = path.toAbsolutePath().normalize();
    }

    /** The absolute path that a text in a Compose file means. */
    Path resolve(String text) throws InvalidValue {
        if (text.startsWith("~")) {
            throw new InvalidValue(
                    "\"" + text + "\" starts in a home folder that is not known", "set HOME, or write the whole path");
        }
        try {
            return path.resolve(text).normalize();
        } catch (InvalidPathException invalid) {
            throw new InvalidValue("the path holds a NUL character", "remove it");
        }
    }
}
