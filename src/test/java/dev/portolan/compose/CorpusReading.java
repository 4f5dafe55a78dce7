package dev.portolan.compose;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks Portolan's reader what Docker Compose was asked for a case of the corpus. */
public final class CorpusReading {
    private CorpusReading() {}

    static CanonicalReading read(CorpusCase project) {
        return ComposeReader.canonical(source(project));
    }

    /** What is read, and with which flags and variables. */
    public static ComposeSource source(CorpusCase project) {
        return source(project, List.of());
    }

    /** @param options of {@code docker compose config}, and services */
    static CanonicalReading read(CorpusCase project, List<String> options) {
        return ComposeReader.canonical(source(project, options));
    }

    private static ComposeSource source(CorpusCase project, List<String> options) {
        List<Path> files = new ArrayList<>();
        List<Path> variableFiles = new ArrayList<>();
        Set<String> profiles = new HashSet<>();
        Optional<Path> projectFolder = Optional.empty();
        Optional<String> name = Optional.empty();
        boolean all = false;
        Iterator<String> words = project.arguments().iterator();
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "-f" -> files.add(project.folder().resolve(words.next()));
                case "--env-file" -> variableFiles.add(project.folder().resolve(words.next()));
                case "--profile" -> profiles.add(words.next());
                case "--project-directory" ->
                    projectFolder = Optional.of(project.folder().resolve(words.next()));
                case "-p" -> name = Optional.of(words.next());
                case "--all-resources" -> all = true;
                default -> throw new IllegalArgumentException(project + " asks with " + word);
            }
        }
        ComposeSource source = ComposeSource.ofFolder(project.folder(), project.environment())
                .withFiles(files)
                .withVariableFiles(variableFiles)
                .withProfiles(profiles)
                .withServices(options.stream()
                        .filter(option -> !option.startsWith("-"))
                        .filter(option -> !List.of("json", "yaml").contains(option))
                        .toList())
                .withSteps(steps(options, all));
        source = projectFolder.map(source::withProjectFolder).orElse(source);
        return name.map(source::withName).orElse(source);
    }

    private static ReadingSteps steps(List<String> options, boolean all) {
        return new ReadingSteps(
                !options.contains("--no-interpolate"),
                !options.contains("--no-path-resolution"),
                !options.contains("--no-normalize"),
                !options.contains("--no-consistency"),
                !all);
    }
}
