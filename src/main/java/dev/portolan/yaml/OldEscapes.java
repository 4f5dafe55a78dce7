package dev.portolan.yaml;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * The escapes {@code \L} and {@code \P} in double quotes, for the separators of lines and of paragraphs. Docker Compose reads
 * and writes them; the YAML library knows them no more, and stops at the first one. What follows one in its line is told one column
 * before its place.
 */
final class OldEscapes {
    private static final int MOST_READINGS = 100;
    private static final int MOST_CHARACTERS = 2 * YamlReader.LONGEST_TEXT;

    private OldEscapes() {}

    /** How many strings of a text may have such an escape: each of them makes it be read once more. */
    static int mostReadings(String text) {
        return Math.min(MOST_READINGS, MOST_CHARACTERS / Math.max(1, text.length()));
    }

    /** The text with the characters that are meant, in the string that cannot be read; empty when that is for another reason. */
    static Optional<String> replaced(String text, MarkedYamlEngineException notYaml) {
        Optional<Integer> escape = notYaml.getProblemMark()
                .map(Mark::getIndex)
                .filter(index -> index <= text.codePointCount(0, text.length()))
                .map(index -> text.offsetByCodePoints(0, index) - 1)
                .filter(index -> index >= 0 && isOne(text, index));
        return escape.filter(index -> notYaml.getProblem().contains("unknown escape"))
                .map(index -> replaced(text, index));
    }

    private static boolean isOne(String text, int index) {
        return text.startsWith("\\L", index) || text.startsWith("\\P", index);
    }

    /** From an escape up to the end of its string. */
    private static String replaced(String text, int escape) {
        StringBuilder result = new StringBuilder(text.length()).append(text, 0, escape);
        int index = escape;
        while (index < text.length() && text.charAt(index) != '"') {
            if (isOne(text, index)) {
                result.append(text.charAt(index + 1) == 'L' ? '\u2028' : '\u2029');
                index += 2;
            } else {
                int end = Math.min(text.length(), index + (text.charAt(index) == '\\' ? 2 : 1));
                result.append(text, index, end);
                index = end;
            }
        }
        return result.append(text, index, text.length()).toString();
    }
}
