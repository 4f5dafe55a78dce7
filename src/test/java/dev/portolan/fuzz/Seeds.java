package dev.portolan.fuzz;

import dev.portolan.compose.CorpusCase;
import dev.portolan.compose.MergeFuzz;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Inputs from which the fuzzer starts: what the corpora of the other tests hold. */
final class Seeds {
    /** How long an input may be, in bytes. */
    static final int LONGEST = 2_000;

    private static final Path OF_PORTOLAN_FILE = Path.of("src/test/resources/dev/portolan/config");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{2,30}:?");

    private Seeds() {}

    static Set<String> of(Target target) throws IOException {
        Set<String> seeds = switch (target) {
            case READER -> new LinkedHashSet<>(composeFiles());
            case INTERPOLATION -> values();
            case MERGE -> pairs();
            case PORTOLAN_FILE -> texts(OF_PORTOLAN_FILE, ".yml");
        };
        seeds.removeIf(seed -> seed.getBytes(StandardCharsets.UTF_8).length > LONGEST);
        return seeds;
    }

    /** The words of seeds, each a line as the fuzzer reads them. */
    static List<String> dictionary(Set<String> seeds) {
        Set<String> words = new TreeSet<>();
        seeds.forEach(seed -> WORD.matcher(seed).results().forEach(word -> words.add(word.group())));
        return words.stream().map(word -> '"' + word + '"').toList();
    }

    private static Set<String> composeFiles() throws IOException {
        return texts(CorpusCase.CORPUS, ".yaml");
    }

    /** Each scalar of a Compose file, and each file of variables. */
    private static Set<String> values() throws IOException {
        Set<String> values = texts(CorpusCase.CORPUS, "env");
        for (String file : composeFiles()) {
            YamlReader.read("compose.yaml", file).documents().forEach(document -> scalars(document, values::add));
        }
        return values;
    }

    private static void scalars(YamlNode node, Consumer<String> seen) {
        switch (node) {
            case YamlNode.Mapping mapping -> mapping.entries().forEach(entry -> scalars(entry.value(), seen));
            case YamlNode.Sequence sequence -> sequence.items().forEach(item -> scalars(item, seen));
            case YamlNode.Scalar scalar -> seen.accept(scalar.text());
        }
    }

    /** The files of a project, each with the next one over it: those of one file would fill the minute. */
    private static Set<String> pairs() throws IOException {
        Set<String> pairs = new LinkedHashSet<>();
        for (CorpusCase project : CorpusCase.all()) {
            List<String> files = List.copyOf(texts(project.folder(), ".yaml"));
            for (int index = 0; index + 1 < files.size(); index++) {
                pairs.add(files.get(index) + (char) MergeFuzz.SEPARATOR + files.get(index + 1));
            }
        }
        return pairs;
    }

    private static Set<String> texts(Path folder, String ending) throws IOException {
        Set<String> texts = new LinkedHashSet<>();
        try (Stream<Path> files = Files.find(
                folder,
                10,
                (file, attributes) ->
                        attributes.isRegularFile() && file.toString().endsWith(ending))) {
            for (Path file : files.sorted().toList()) {
                texts.add(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }
}
