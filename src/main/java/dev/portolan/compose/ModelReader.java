package dev.portolan.compose;

import dev.portolan.model.Problem;
import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlReader;
import dev.portolan.yaml.YamlReading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lays files over each other. The way of a document: its variables are filled in ({@link Interpolation}), its services get what
 * they extend ({@link Extends}), what it takes away from the files before it is taken away ({@link Resets}), what it includes is
 * added ({@link Include}), it is merged over the files before it ({@link Merge}, {@link Unique}), what comes of that is checked
 * ({@link KeyCheck}), and its short syntaxes become long ones ({@link LongForms}).
 */
final class ModelReader {
    /** How many files may be read in all, each time that one is included or extended. */
    static final int MOST_FILES = 2_000;
    /** How deep files may include each other. */
    private static final int DEEPEST_INCLUDE = 50;

    private final TextFiles files;
    private final Optional<String> home;
    private final ReadingSteps steps;
    private final Problems problems;
    /** How many documents a file may have: each is laid over those before it, and all is checked again. */
    private static final int MOST_DOCUMENTS = 50;
    /** How much may be laid over each other in all, in characters, for files that are read again. */
    private static final int LARGEST = 64 * 1024 * 1024;

    private final Map<String, YamlReading> readings = new HashMap<>();
    private final Map<String, Long> sizes = new HashMap<>();
    private int read;
    private long size;

    ModelReader(TextFiles files, Optional<String> home, ReadingSteps steps, Problems problems) {
        this.files = files;
        this.home = home;
        this.steps = steps;
        this.problems = problems;
    }

    /**
     * All files of a level, complete: with defaults, checked, with their paths.
     *
     * @param included the files on the way to this level
     */
    Mapping model(Level level, List<String> paths, List<String> included) {
        Mapping merged = Trees.emptyMapping("");
        for (String path : paths) {
            for (YamlNode document : documents(path)) {
                merged = over(merged, document, path, level, included);
            }
        }
        merged = Defaults.of(merged);
        ResourceCheck.check(merged, problems);
        if (level.resolvesPaths()) {
            merged = RelativePaths.resolve(merged, level.base(), home, problems);
        }
        return VariableLists.filledIn(merged, level.variables());
    }

    private Mapping over(Mapping before, YamlNode document, String path, Level level, List<String> included) {
        Resets resets = Resets.of(document);
        Optional<Mapping> filled = filledIn(resets, level);
        if (filled.isEmpty()) {
            return before;
        }
        Mapping extended = new Extends(this, level, path, problems).applyTo(filled.get(), resets);
        if (!before.entries().isEmpty() && !laidOver(before, document)) {
            return before;
        }
        Mapping base = resets.applyTo(before);
        Mapping whole = included.size() < DEEPEST_INCLUDE
                ? new Include(this, files, problems).addTo(extended, level, with(included, path))
                : extended;
        Mapping merged = Unique.of(Merge.over(base, whole, problems), problems);
        KeyCheck.check(merged, problems);
        merged.entry("version").ifPresent(this::obsolete);
        merged = Trees.without(merged, "version");
        return Unique.of(LongForms.of(merged, steps.fillsIn(), problems), problems);
    }

    /** All of the documents before is walked again for each one: whether there is not too much of it yet. */
    private boolean laidOver(Mapping before, YamlNode document) {
        try {
            problems.grow(Trees.size(before));
            return true;
        } catch (InvalidValue tooLarge) {
            problems.error(document.location(), KeyPath.ROOT, tooLarge);
            return false;
        }
    }

    private void obsolete(YamlNode.Entry version) {
        problems.warning(
                version.keyLocation(),
                KeyPath.of("version"),
                "obsolete",
                "remove it: Compose has ignored it since 2020");
    }

    private static List<String> with(List<String> included, String path) {
        List<String> longer = new ArrayList<>(included);
        longer.add(path);
        return longer;
    }

    /** One file by itself, for {@link Extends}: neither checked nor extended; and what its last document takes away. */
    Optional<Extended> extendedFile(String path, Level level) {
        Mapping merged = Trees.emptyMapping("");
        Optional<Resets> last = Optional.empty();
        for (YamlNode document : documents(path)) {
            Resets resets = Resets.of(document);
            Optional<Mapping> filled = filledIn(resets, level);
            if (filled.isPresent()) {
                merged = Unique.of(Merge.over(resets.applyTo(merged), filled.get(), problems), problems);
                merged = Unique.of(LongForms.of(merged, steps.fillsIn(), problems), problems);
                last = Optional.of(resets);
            }
        }
        Mapping complete = merged;
        return last.map(resets ->
                new Extended(RelativePaths.resolve(complete, level.folderOf(path, files), home, problems), resets));
    }

    record Extended(Mapping root, Resets resets) {}

    private Optional<Mapping> filledIn(Resets document, Level level) {
        YamlNode filled = steps.fillsIn()
                ? Interpolation.interpolate(document.document(), level.variables(), problems)
                : document.document();
        if (filled instanceof Mapping mapping) {
            return Optional.of(mapping);
        }
        problems.error(
                filled.location(),
                KeyPath.ROOT,
                "a Compose file must be a mapping, not " + filled.kind(),
                "begin with services:");
        return Optional.empty();
    }

    TextFiles files() {
        return files;
    }

    /** The documents of a file, read once; none when it cannot be read, which is a problem. */
    List<YamlNode> documents(String path) {
        size += sizes.getOrDefault(path, 0L);
        if (++read > MOST_FILES || size > LARGEST) {
            problems.add(Problem.error(
                    SourceLocation.wholeFile(files.name(path)),
                    "",
                    "more than " + MOST_FILES + " files, or more than " + LARGEST
                            + " characters, are read, one file by the other",
                    "include and extend fewer files"));
            return List.of();
        }
        List<YamlNode> documents = readings.computeIfAbsent(path, this::read).documents();
        if (documents.size() > MOST_DOCUMENTS) {
            problems.add(Problem.error(
                    documents.get(MOST_DOCUMENTS).location(),
                    "",
                    "more than " + MOST_DOCUMENTS + " documents in one file are too many",
                    "write fewer"));
            return List.of();
        }
        return documents;
    }

    private YamlReading read(String path) {
        YamlReading reading = files.read(path, problems)
                .map(text -> {
                    YamlReading found = YamlReader.read(files.name(path), text);
                    long values =
                            found.documents().stream().mapToLong(Trees::size).sum();
                    sizes.put(path, text.length() + values);
                    return found;
                })
                .orElseGet(() -> new YamlReading(List.of(), List.of()));
        problems.addAll(reading.problems());
        return reading;
    }
}
