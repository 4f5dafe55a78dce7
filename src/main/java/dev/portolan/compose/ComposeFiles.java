package dev.portolan.compose;

import dev.portolan.model.Problem;
import dev.portolan.model.SourceLocation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which files a project has, where its folder is, and which variables fill it in: what the command line says, the variables
 * {@code COMPOSE_FILE}, {@code COMPOSE_ENV_FILES} and so on, and {@code .env}.
 */
final class ComposeFiles {
    private static final List<String> NAMES =
            List.of("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml");
    private static final List<String> OVERRIDE_NAMES = List.of(
            "compose.override.yml",
            "compose.override.yaml",
            "docker-compose.override.yml",
            "docker-compose.override.yaml");
    private static final String OWN = "COMPOSE_";
    private static final String DISABLED = "COMPOSE_DISABLE_ENV_FILE";

    private final ComposeSource source;
    private final TextFiles files;
    private final Problems problems;
    private final Variables variables;
    /** As they are given, or absolute. */
    private List<String> paths;

    private boolean disabledIsReported;

    private ComposeFiles(ComposeSource source, TextFiles files, Problems problems) {
        this.source = source;
        this.files = files;
        this.problems = problems;
        this.variables = new Variables(source.environment());
        this.paths = source.files().stream().map(Path::toString).toList();
    }

    /**
     * @param paths absolute, in the order in which they count; empty when there is none, which is a problem
     * @param folder of the project, absolute
     */
    record Found(List<String> paths, String folder, Variables variables) {}

    static Found find(ComposeSource source, TextFiles files, Problems problems) {
        return new ComposeFiles(source, files, problems).find();
    }

    private Found find() {
        variables.addBelow(Map.of("PWD", source.folder().toString()));
        variables.addBelow(ofFiles(true));
        variables.addBelow(ofFiles(false));
        if (paths.isEmpty()) {
            paths = listed();
        }
        if (paths.isEmpty()) {
            paths = usual();
        }
        variables.addBelow(ofFiles(false));
        String folder = folder();
        if (paths.isEmpty()) {
            problems.error(
                    SourceLocation.wholeFile(source.folder().toString()),
                    KeyPath.ROOT,
                    "there is no Compose file in this folder",
                    "create compose.yaml, or go to the folder that has one");
        } else {
            paths = Stream.concat(paths.stream(), source.overrides().stream().map(Path::toString))
                    .toList();
        }
        return new Found(paths.stream().map(this::absolute).toList(), folder, variables);
    }

    private String absolute(String path) {
        if (isInput(path)) {
            return path;
        }
        return PathText.isAbsolute(path)
                ? PathText.cleaned(path)
                : PathText.joined(source.folder().toString(), path);
    }

    private String folder() {
        return source.projectFolder()
                .map(folder -> absolute(folder.toString()))
                .orElseGet(() -> paths.stream()
                        .filter(path -> !isInput(path))
                        .findFirst()
                        .map(path -> PathText.folder(absolute(path)))
                        .orElseGet(() -> source.folder().toString()));
    }

    private static boolean isInput(String path) {
        return path.equals(ComposeSource.STANDARD_INPUT.toString());
    }

    /** Of the files that are given, or of the {@code .env} where the project is, as far as that is known. */
    private Map<String, String> ofFiles(boolean ownOnly) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String file : variableFiles()) {
            Problems found = ownOnly ? new Problems() : problems;
            if (!files.exists(file)) {
                found.error(
                        SourceLocation.wholeFile(files.name(file)),
                        KeyPath.ROOT,
                        "there is no such file of variables",
                        "create it, or correct the path");
                continue;
            }
            files.read(file, found)
                    .ifPresent(text -> DotEnv.parse(files.name(file), text, variables::value, values, found));
        }
        if (ownOnly) {
            values.keySet().removeIf(name -> !name.startsWith(OWN));
        }
        return values;
    }

    private List<String> variableFiles() {
        if (!source.variableFiles().isEmpty()) {
            return source.variableFiles().stream()
                    .map(Path::toString)
                    .map(this::absolute)
                    .toList();
        }
        List<String> listed = Arrays.stream(source.environment()
                        .getOrDefault("COMPOSE_ENV_FILES", "")
                        .split(",", -1))
                .filter(name -> !name.isEmpty())
                .map(this::absolute)
                .toList();
        if (!listed.isEmpty()) {
            return listed;
        }
        String usual = PathText.joined(folder(), ".env");
        return usualIsDisabled() || !files.exists(usual) || files.isFolder(usual) ? List.of() : List.of(usual);
    }

    private boolean usualIsDisabled() {
        String said = source.environment().getOrDefault(DISABLED, "false");
        if (!said.matches("1|t|T|true|TRUE|True|0|f|F|false|FALSE|False") && !disabledIsReported) {
            disabledIsReported = true;
            problems.error(
                    SourceLocation.wholeFile(source.folder().toString()),
                    KeyPath.ROOT,
                    "the variable " + DISABLED + " is \"" + said + "\", which is no boolean",
                    "set it to true or false, or unset it");
        }
        return said.matches("1|t|T|true|TRUE|True");
    }

    private List<String> listed() {
        String listed = variables.value("COMPOSE_FILE").orElse("");
        if (listed.isEmpty()) {
            return List.of();
        }
        String separator = variables
                .value("COMPOSE_PATH_SEPARATOR")
                .filter(text -> !text.isEmpty())
                .orElse(":");
        return List.of(listed.split(Pattern.quote(separator), -1));
    }

    /** The file with one of the usual names in the folder, or in the nearest one above it that has one. */
    private List<String> usual() {
        String folder = folder();
        while (true) {
            List<String> found = present(NAMES, folder);
            if (!found.isEmpty()) {
                return Stream.concat(found.stream(), present(OVERRIDE_NAMES, folder).stream())
                        .toList();
            }
            if (folder.equals("/")) {
                return List.of();
            }
            folder = PathText.folder(folder);
        }
    }

    /** The first of the files that are there; the others are left out, which is worth a warning. */
    private List<String> present(List<String> names, String folder) {
        List<String> found = names.stream()
                .map(name -> PathText.joined(folder, name))
                .filter(files::exists)
                .toList();
        if (found.size() > 1) {
            problems.add(Problem.warning(
                    SourceLocation.wholeFile(files.name(found.getFirst())),
                    "",
                    "it is read, and " + files.name(found.get(1)) + " beside it is not",
                    "remove one of the two, or name the files with -f"));
        }
        return found.stream().limit(1).toList();
    }
}
