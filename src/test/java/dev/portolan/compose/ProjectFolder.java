package dev.portolan.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A folder with Compose files, for tests. */
final class ProjectFolder {
    private final Path path;
    private final Map<String, String> environment = new LinkedHashMap<>(Map.of("HOME", "/home/ann"));
    private final List<Path> files = new ArrayList<>();
    private final List<Path> overrides = new ArrayList<>();
    private Set<String> profiles = Set.of();

    ProjectFolder(Path parent) {
        path = parent.resolve("shop");
        try {
            Files.createDirectories(path);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Path path() {
        return path;
    }

    ProjectFolder file(String name, String text) {
        try {
            Files.createDirectories(path.resolve(name).getParent());
            Files.writeString(path.resolve(name), text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return this;
    }

    /** A Compose file with one service, {@code web}, of these lines. */
    ProjectFolder web(String... lines) {
        return file("compose.yaml", "services:\n  web:\n    image: nginx\n    " + String.join("\n    ", lines) + "\n");
    }

    ProjectFolder with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    ProjectFolder files(String... names) {
        List.of(names).forEach(name -> files.add(Path.of(name)));
        return this;
    }

    ProjectFolder overrides(String... names) {
        List.of(names).forEach(name -> overrides.add(Path.of(name)));
        return this;
    }

    ProjectFolder profiles(String... names) {
        profiles = Set.of(names);
        return this;
    }

    ComposeReading read() {
        return ComposeReader.read(ComposeSource.ofFolder(path, environment)
                .withFiles(files)
                .withOverrides(overrides)
                .withProfiles(profiles));
    }

    /** The project, which must be without an error. */
    ComposeProject project() {
        ComposeReading reading = read();
        assertThat(reading.problems()).noneMatch(problem -> problem.severity() == Problem.Severity.ERROR);
        return ((ComposeReading.Read) reading).project();
    }

    ComposeService service(String name) {
        return project().service(name).orElseThrow();
    }

    ComposeService web() {
        return service("web");
    }

    List<String> problems() {
        return read().problems().stream().map(Problem::toString).toList();
    }

    static <V> V at(Map<String, V> map, String key) {
        return Optional.ofNullable(map.get(key)).orElseThrow();
    }
}
