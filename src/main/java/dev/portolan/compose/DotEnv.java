package dev.portolan.compose;

import dev.portolan.model.SourceLocation;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files of variables as Docker Compose reads them: {@code NAME=value} or {@code NAME: value}, quotes, comments, values over
 * several lines in quotes, {@code export}, variables of variables.
 */
final class DotEnv {
    private static final Pattern EXPORT = Pattern.compile("export\\s+");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:[abfnrtv$\"\\\\]|0[0-7]{3})");

    private final String file;
    private final String text;
    private final Function<String, Optional<String>> outside;
    private final Map<String, String> values;
    private final Problems problems;
    private int position;
    private int counted;
    private int line = 1;
    private int lineStart;

    private DotEnv(
            String file,
            String text,
            Function<String, Optional<String>> outside,
            Map<String, String> values,
            Problems problems) {
        this.file = file;
        this.text = text;
        this.outside = outside;
        this.values = values;
        this.problems = problems;
    }

    /**
     * Adds the variables of a file to those there are.
     *
     * @param file for problems
     * @param outside variables that count before those of the file when one names another, and fill in names without a value
     */
    static void parse(
            String file,
            String text,
            Function<String, Optional<String>> outside,
            Map<String, String> values,
            Problems problems) {
        new DotEnv(file, text.replace("\r\n", "\n"), outside, values, problems).parse();
    }

    private void parse() {
        while (!problems.full() && skipToStatement()) {
            int start = position;
            try {
                statement();
            } catch (InvalidValue invalid) {
                problems.error(location(start), KeyPath.ROOT, invalid);
                if (problems.tooLarge()) {
                    return;
                }
                int lineEnd = text.indexOf('\n', Math.max(start, position));
                position = lineEnd < 0 ? text.length() : lineEnd;
            }
        }
    }

    private boolean skipToStatement() {
        while (position < text.length()) {
            char character = text.charAt(position);
            if (character == '#') {
                int lineEnd = text.indexOf('\n', position);
                position = lineEnd < 0 ? text.length() : lineEnd;
            } else if (Character.isWhitespace(character) || character == '\u00a0') {
                position++;
            } else {
                return true;
            }
        }
        return false;
    }

    private void statement() throws InvalidValue {
        Matcher export = EXPORT.matcher(text).region(position, text.length());
        if (export.lookingAt()) {
            position = export.end();
        }
        int start = position;
        int end = start;
        while (end < text.length() && "=:\n".indexOf(text.charAt(end)) < 0) {
            char character = text.charAt(end);
            if (!isSpace(character) && !Character.isLetterOrDigit(character) && "_.-[]".indexOf(character) < 0) {
                throw new InvalidValue(
                        "the character " + character + " may not stand in the name of a variable",
                        "write NAME=value with letters, digits and underscores in the name");
            }
            end++;
        }
        String name = text.substring(start, end).strip();
        if (name.contains(" ")) {
            throw new InvalidValue("the name of a variable may not hold a space", "write NAME=value");
        }
        boolean inherited = end == text.length() || text.charAt(end) == '\n';
        position = end;
        if (inherited) {
            outside.apply(name).ifPresent(value -> values.put(name, value));
            return;
        }
        position++;
        while (position < text.length() && isSpace(text.charAt(position))) {
            position++;
        }
        problems.grow(Trees.SIZE_OF_VALUE + name.length());
        String value = value();
        problems.grow(value.length());
        values.put(name, value);
    }

    private String value() throws InvalidValue {
        char first = position < text.length() ? text.charAt(position) : '\n';
        if (first == '"' || first == '\'') {
            return quoted(first);
        }
        int lineEnd = text.indexOf('\n', position);
        String line = text.substring(position, lineEnd < 0 ? text.length() : lineEnd);
        int start = position;
        position += line.length();
        int comment = line.indexOf(" #");
        return expanded((comment < 0 ? line : line.substring(0, comment)).stripTrailing(), start);
    }

    private String quoted(char quote) throws InvalidValue {
        int start = position;
        StringBuilder value = new StringBuilder();
        for (int index = start + 1; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character == quote) {
                position = index + 1;
                return quote == '"' ? expanded(unescaped(value.toString()), start) : value.toString();
            }
            if (character == '\\' && index + 1 < text.length()) {
                index++;
                if (text.charAt(index) != quote) {
                    value.append('\\');
                }
                value.append(text.charAt(index));
            } else {
                value.append(character);
            }
        }
        throw new InvalidValue("a quote is not closed", "end the value with " + quote);
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text).replaceAll(match -> {
            String escape = match.group();
            String meant = switch (escape.charAt(1)) {
                case 'a' -> "\u0007";
                case 'b' -> "\b";
                case 'f' -> "\f";
                case 'n' -> "\n";
                case 'r' -> "\r";
                case 't' -> "\t";
                case 'v' -> "\u000b";
                case '$' -> "$$";
                case '0' -> String.valueOf((char) Integer.parseInt(escape.substring(2), 8));
                default -> escape.substring(1);
            };
            return Matcher.quoteReplacement(meant);
        });
    }

    private String expanded(String value, int start) throws InvalidValue {
        return Template.substitute(
                value,
                name -> outside.apply(name).or(() -> Optional.ofNullable(values.get(name))),
                name -> problems.warning(
                        location(start),
                        KeyPath.ROOT,
                        "the variable " + name + " is not set; it counts as empty",
                        "set it before, or write $$ for a dollar"));
    }

    private static boolean isSpace(char character) {
        return "\t\u000b\f\r \u0085\u00a0".indexOf(character) >= 0;
    }

    /** Positions are asked for in the order of the text, so that each line is counted once. */
    private SourceLocation location(int at) {
        while (counted < at) {
            if (text.charAt(counted++) == '\n') {
                line++;
                lineStart = counted;
            }
        }
        return new SourceLocation(file, line, at - lineStart + 1);
    }
}
