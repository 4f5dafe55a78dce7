package dev.portolan.model;

/**
 * One thing that is wrong in a configuration.
 *
 * @param location where
 * @param path the keys that lead there, such as {@code services/web/ports/0}; empty for the whole file
 * @param message what is wrong, without the path
 * @param remedy what to do about it, such as {@code did you mean "image"?}; never empty
 * @param severity whether it stops the command
 */
public record Problem(SourceLocation location, String path, String message, String remedy, Severity severity) {

    public enum Severity {
        ERROR,
        WARNING
    }

    public static Problem error(SourceLocation location, String path, String message, String remedy) {
        return new Problem(location, path, message, remedy, Severity.ERROR);
    }

    public static Problem warning(SourceLocation location, String path, String message, String remedy) {
        return new Problem(location, path, message, remedy, Severity.WARNING);
    }

    @Override
    public String toString() {
        return location + ": " + (path.isEmpty() ? "" : path + ": ") + message + "; " + remedy;
    }
}
