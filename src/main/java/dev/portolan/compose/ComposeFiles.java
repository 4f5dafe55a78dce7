package dev.portolan.compose;

import dev.portolan.model.Problem;
import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlReader;
import dev.portolan.yaml.YamlReading;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which Compose files there are, and what they hold. */
final class ComposeFiles {
    private static final List<String> NAMES =
            List.of("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml");
    private static final List<String> OVERRIDE_NAMES = List.of(
            "compose.override.yml",
            "compose.override.yaml",
            "docker-compose.override.yml",
            "docker-compose.override.yaml");

    private final ComposeSource source;
    private final TextFiles files;
    private final Problems problems;

    ComposeFiles(ComposeSource source, TextFiles files, Problems problems) {
        this.source = source;
        this.files = files;
        this.problems = problems;
    }

    /** One document of a file. */
    record Document(String file, YamlNode root) {}

    /** The files in the order in which they count; empty when there is none, which is a problem. */
    List<Path> find(Variables variables) {
        List<Path> found = new ArrayList<>(source.files());
        String listed = variables.value("COMPOSE_FILE").orElse("");
        if (found.isEmpty() && !listed.isEmpty()) {
            String separator = variables.value("COMPOSE_PATH_SEPARATOR").orElse(":");
            Arrays.stream(listed.split(Pattern.quote(separator), -1))
                    .forEach(name -> path(name).ifPresent(found::add));
        }
        if (found.isEmpty()) {
            first(NAMES).ifPresent(found::add);
            if (found.isEmpty()) {
                problems.error(
                        SourceLocation.wholeFile(source.folder().toString()),
                        KeyPath.ROOT,
                        "there is no Compose file in this folder",
                        "create compose.yaml, or go to the folder that has one");
                return List.of();
            }
            first(OVERRIDE_NAMES).ifPresent(found::add);
        }
        found.addAll(source.overrides());
        return found;
    }

    private Optional<Path> path(String name) {
        try {
            return Optional.of(Path.of(name));
        } catch (InvalidPathException invalid) {
            problems.error(
                    SourceLocation.wholeFile(source.folder().toString()),
                    KeyPath.ROOT,
                    "COMPOSE_FILE holds \"" + name + "\", which is no path",
                    "correct COMPOSE_FILE");
            return Optional.empty();
        }
    }

    private Optional<Path> first(List<String> names) {
        List<Path> found = names.stream().map(Path::of).filter(files::exists).toList();
        if (found.size() > 1) {
            problems.add(Problem.warning(
                    SourceLocation.wholeFile(found.getFirst().toString()),
                    "",
                    "it is read, and " + found.get(1) + " beside it is not",
                    "remove one of the two, or name the files with -f"));
        }
        return found.stream().findFirst();
    }

    /** Every document of the files that can be read. */
    List<Document> read(List<Path> paths) {
        List<Document> documents = new ArrayList<>();
        for (Path path : paths) {
            String name = files.name(path);
            files.read(path, problems).ifPresent(text -> {
                YamlReading reading = YamlReader.read(name, text);
                problems.addAll(reading.problems());
                reading.documents().forEach(root -> documents.add(new Document(name, root)));
            });
        }
        return documents;
    }
}
