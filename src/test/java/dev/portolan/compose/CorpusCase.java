package dev.portolan.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A project of the corpus, with the answers of the real Docker Compose; see the corpus' README.
 *
 * @param name its group and its own name, {@code ports/long}
 * @param folder absolute
 */
public record CorpusCase(String name, Path folder) {
    public static final Path CORPUS =
            Path.of("src/test/resources/dev/portolan/compose/corpus").toAbsolutePath();

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    public static List<CorpusCase> all() {
        try (Stream<Path> folders = Files.find(CORPUS, 2, (path, attributes) -> attributes.isDirectory())) {
            return folders.filter(folder -> CORPUS.relativize(folder).getNameCount() == 2)
                    .sorted()
                    .map(folder -> new CorpusCase(CORPUS.relativize(folder).toString(), folder))
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The cases in which Portolan answers something else, each with the reason. */
    public static Map<String, String> differences() {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (String line : text(CORPUS.resolve("DIFFERENCES")).orElseThrow().split("\n", -1)) {
            if (!line.startsWith("#") && !line.isBlank()) {
                String[] parts = line.split(" ", 2);
                reasons.put(parts[0], parts[1]);
            }
        }
        return reasons;
    }

    /** The flags before {@code config}. */
    public List<String> arguments() {
        return text("arguments").map(CorpusCase::words).orElse(List.of());
    }

    /** The variables of the process. */
    public Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("HOME", "/home/ann");
        variables.put("PWD", folder.toString());
        for (String line :
                text("environment").map(String::lines).map(Stream::toList).orElse(List.of())) {
            String[] parts = line.split("=", 2);
            variables.put(parts[0], parts[1]);
        }
        return variables;
    }

    /** What {@code docker compose config --format json} prints, if it reads the project. */
    Optional<String> json() {
        return text("expected.json");
    }

    /** What Docker Compose says where it refuses the project. */
    Optional<String> error() {
        return text("expected-error");
    }

    Optional<String> warnings() {
        return text("expected-warnings");
    }

    /** More ways to ask {@code config}, each with its answer. */
    public List<Answer> answers() {
        List<Answer> answers = new ArrayList<>();
        text("answers").stream().flatMap(String::lines).forEach(line -> {
            String file =
                    ("expected " + line.replace("*", "all")).replace(" --", " ").replace(' ', '-');
            Optional<String> refusal = text(file + "-refused");
            answers.add(
                    new Answer(this, words(line), refusal.or(() -> text(file)).orElseThrow(), refusal.isPresent()));
        });
        return answers;
    }

    /** One more way to ask. */
    public record Answer(CorpusCase of, List<String> options, String text, boolean refused) {

        @Override
        public String toString() {
            return of + " " + String.join(" ", options);
        }
    }

    /** What was printed for this project, with placeholders for the folders that the project happens to lie in. */
    public String portable(String printed) {
        Path parent = Optional.ofNullable(folder.getParent()).orElseThrow();
        return printed.replace(folder.toString(), "/PROJECT")
                .replace(parent.toString(), "/PARENT")
                .replace(CORPUS.toString(), "/GRANDPARENT");
    }

    private Optional<String> text(String file) {
        return text(folder.resolve(file));
    }

    private static Optional<String> text(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<String> words(String line) {
        return BLANKS.splitAsStream(line.strip())
                .filter(word -> !word.isEmpty())
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
