package dev.portolan.compose;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What to read and with what.
 *
 * @param folder where the command runs: the files are relative to it
 * @param files Compose files, later ones over earlier ones; empty for those of {@code COMPOSE_FILE}, or {@code compose.yaml} or
 *     one of its other names in the folder or the nearest one above it, with its override file
 * @param overrides more files over all of those, such as a region's
 * @param variableFiles instead of {@code .env}
 * @param projectFolder where relative paths start, if not in the folder of the first file
 * @param environment variables of the command line; they count before those of {@code .env}
 * @param profiles active ones; {@code *} for all
 * @param services to which the project is restricted, with those that they depend on; empty for all
 * @param name the project's name, before what the files and the environment say
 * @param steps of the reading
 * @param input what is read where a file is called {@code -}; whoever gives it closes it
 */
public record ComposeSource(
        Path folder,
        List<Path> files,
        List<Path> overrides,
        List<Path> variableFiles,
        Optional<Path> projectFolder,
        Map<String, String> environment,
        Set<String> profiles,
        List<String> services,
        Optional<String> name,
        ReadingSteps steps,
        Optional<InputStream> input) {

    /** In the place of a file: what the command is given on its standard input. */
    public static final Path STANDARD_INPUT = Path.of("-");

    public ComposeSource {
        folder = folder.toAbsolutePath().normalize();
        files = List.copyOf(files);
        overrides = List.copyOf(overrides);
        variableFiles = List.copyOf(variableFiles);
        environment = Ordered.copy(environment);
        profiles = Set.copyOf(profiles);
        services = List.copyOf(services);
    }

    /** The Compose file of a folder, with its override file, and no profile. */
    public static ComposeSource ofFolder(Path folder, Map<String, String> environment) {
        return new ComposeSource(
                folder,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                environment,
                Set.of(),
                List.of(),
                Optional.empty(),
                ReadingSteps.ALL,
                Optional.empty());
    }

    public ComposeSource withFiles(List<Path> given) {
        return new ComposeSource(
                folder,
                given,
                overrides,
                variableFiles,
                projectFolder,
                environment,
                profiles,
                services,
                name,
                steps,
                input);
    }

    public ComposeSource withOverrides(List<Path> given) {
        return new ComposeSource(
                folder,
                files,
                given,
                variableFiles,
                projectFolder,
                environment,
                profiles,
                services,
                name,
                steps,
                input);
    }

    public ComposeSource withVariableFiles(List<Path> given) {
        return new ComposeSource(
                folder, files, overrides, given, projectFolder, environment, profiles, services, name, steps, input);
    }

    public ComposeSource withProjectFolder(Path given) {
        return new ComposeSource(
                folder,
                files,
                overrides,
                variableFiles,
                Optional.of(given),
                environment,
                profiles,
                services,
                name,
                steps,
                input);
    }

    public ComposeSource withProfiles(Set<String> given) {
        return new ComposeSource(
                folder,
                files,
                overrides,
                variableFiles,
                projectFolder,
                environment,
                given,
                services,
                name,
                steps,
                input);
    }

    public ComposeSource withServices(List<String> given) {
        return new ComposeSource(
                folder,
                files,
                overrides,
                variableFiles,
                projectFolder,
                environment,
                profiles,
                given,
                name,
                steps,
                input);
    }

    public ComposeSource withName(String given) {
        return new ComposeSource(
                folder,
                files,
                overrides,
                variableFiles,
                projectFolder,
                environment,
                profiles,
                services,
                Optional.of(given),
                steps,
                input);
    }

    public ComposeSource withSteps(ReadingSteps given) {
        return new ComposeSource(
                folder,
                files,
                overrides,
                variableFiles,
                projectFolder,
                environment,
                profiles,
                services,
                name,
                given,
                input);
    }

    public ComposeSource withInput(InputStream given) {
        return new ComposeSource(
                folder,
                files,
                overrides,
                variableFiles,
                projectFolder,
                environment,
                profiles,
                services,
                name,
                steps,
                Optional.of(given));
    }
}
