package dev.portolan.compose;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What to read and with what.
 *
 * @param folder the project's: relative paths start here, and {@code .env} is read here
 * @param files Compose files, later ones over earlier ones; empty for {@code compose.yaml} or one of its other names in the
 *     folder, with its override file
 * @param overrides more files over all of those, such as a region's
 * @param environment variables of the command line; they count before those of {@code .env}
 * @param profiles active ones; {@code *} for all
 * @param name the project's name, before what the files and the environment say
 */
public record ComposeSource(
        Path folder,
        List<Path> files,
        List<Path> overrides,
        Map<String, String> environment,
        Set<String> profiles,
        Optional<String> name) {

    public ComposeSource {
        files = List.copyOf(files);
        overrides = List.copyOf(overrides);
        environment = Map.copyOf(environment);
        profiles = Set.copyOf(profiles);
    }

    /** The Compose file of a folder, with its override file, and no profile. */
    public static ComposeSource ofFolder(Path folder, Map<String, String> environment) {
        return new ComposeSource(folder, List.of(), List.of(), environment, Set.of(), Optional.empty());
    }

    public ComposeSource withFiles(List<Path> given) {
        return new ComposeSource(folder, given, overrides, environment, profiles, name);
    }

    public ComposeSource withOverrides(List<Path> given) {
        return new ComposeSource(folder, files, given, environment, profiles, name);
    }

    public ComposeSource withProfiles(Set<String> given) {
        return new ComposeSource(folder, files, overrides, environment, given, name);
    }

    public ComposeSource withName(String given) {
        return new ComposeSource(folder, files, overrides, environment, profiles, Optional.of(given));
    }
}
