package dev.portolan.yaml;

import dev.portolan.model.Problem;
import dev.portolan.model.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML from a person. Time and memory are bounded by the limits below, whatever the text is.
 */
public final class YamlReader {
    /** How long a text may be, in characters. */
    public static final int LONGEST_TEXT = 4 * 1024 * 1024;
    /** How many collections may lie in each other. */
    public static final int DEEPEST_NESTING = 100;
    /** How many values a text may hold once its aliases are filled in. */
    public static final int MOST_VALUES = 200_000;

    /** How many problems of a text are told. */
    static final int MOST_PROBLEMS = 1_000;

    private static final int SMALLEST_BUFFER = 1024;

    private YamlReader() {}

    /**
     * Reads all documents of a text.
     *
     * @param file for the locations, as the person would type it
     */
    public static YamlReading read(String file, String text) {
        return read(file, text, OldEscapes.mostReadings(text));
    }

    /** @param readings how often the text may be read once more, with escapes replaced that the YAML library does not know */
    private static YamlReading read(String file, String text, int readings) {
        if (text.length() > LONGEST_TEXT) {
            return new YamlReading(
                    List.of(),
                    List.of(Problem.error(
                            SourceLocation.wholeFile(file),
                            "",
                            "the file is longer than " + LONGEST_TEXT + " characters",
                            "split it, or check that it is the file you meant")));
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(LONGEST_TEXT)
                // The whole text at once: with a smaller one, each step into a long scalar copies all of it that was
                // read so far
                .setBufferSize(Math.max(SMALLEST_BUFFER, text.length()))
                .setAllowDuplicateKeys(true)
                .build();
        List<YamlNode> documents = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        TabCheck tabs = new TabCheck(file, text);
        var events = new Parse(settings).parseString(text).iterator();
        DocumentReader reader = new DocumentReader(file, events, tabs, problems);
        try {
            reader.readAll(documents);
            tabs.report(problems);
        } catch (MarkedYamlEngineException notYaml) {
            Optional<String> replaced = OldEscapes.replaced(text, notYaml);
            if (replaced.isPresent() && readings > 0) {
                return read(file, replaced.get(), readings - 1);
            }
            Optional<Problem> conflict = SyntaxProblem.conflict(file, text);
            if (conflict.isPresent()) {
                return new YamlReading(List.of(), List.of(conflict.get()));
            }
            problems.add(SyntaxProblem.of(file, notYaml));
        } catch (IllegalArgumentException notACharacter) { // of the YAML library, such as for "\\UFFFFFFFF"
            problems.add(Problem.error(
                    reader.last(), "", "an escape after this place stands for no character", "correct the escape"));
        } catch (ReaderException notText) {
            problems.add(notText(file, text, notText));
        } catch (YamlEngineException other) {
            problems.add(Problem.error(
                    SourceLocation.wholeFile(file), "", "not YAML: " + other.getMessage(), "correct the file"));
        }
        return new YamlReading(documents, problems);
    }

    private static Problem notText(String file, String text, ReaderException exception) {
        int position = Math.min(text.indexOf(exception.getCodePoint()), text.length());
        String before = position < 0 ? "" : text.substring(0, position);
        int line = (int) before.chars().filter(character -> character == '\n').count() + 1;
        int column = before.length() - before.lastIndexOf('\n');
        return Problem.error(
                new SourceLocation(file, line, column),
                "",
                String.format("the character U+%04X may not stand in YAML", exception.getCodePoint()),
                "remove it, or write it as an escape in double quotes");
    }
}
