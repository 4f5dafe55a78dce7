package dev.portolan.compose;

import dev.portolan.model.SourceLocation;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A service's {@code build}.
 *
 * @param context the folder, absolute
 * @param dockerfile relative to the folder, or absolute
 * @param args those with a value; one without is taken from the environment of the command line
 * @param target the part of a Dockerfile to build, if not the last one
 */
public record Build(
        Path context, String dockerfile, Map<String, String> args, Optional<String> target, SourceLocation location) {

    public Build {
        args = Ordered.copy(args);
    }
}
