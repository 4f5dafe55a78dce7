package dev.portolan.compose;

import dev.portolan.yaml.YamlReader;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Text with variables: {@code $NAME}, {@code ${NAME}}, the forms with {@code :-}, {@code -}, {@code :?}, {@code ?}, {@code :+}
 * and {@code +}, each in each other, and {@code $$} for a dollar. A dollar before anything else stands for itself.
 */
final class Template {
    private static final int DEEPEST_NESTING = 50;
    private static final int LONGEST = YamlReader.LONGEST_TEXT;

    private final String text;
    private final Function<String, Optional<String>> variables;
    private final Consumer<String> unset;
    private final Set<String> told = new HashSet<>();

    private Template(String text, Function<String, Optional<String>> variables, Consumer<String> unset) {
        this.text = text;
        this.variables = variables;
        this.unset = unset;
    }

    /**
     * Fills in the variables of a text.
     *
     * @param variables the value of a name, if it is set; asked for every name in the text, also in a default that does not count
     * @param unset told the name of each variable that has neither a value nor a default, once; of very many the first ones
     * @throws InvalidValue when the text is no template, or a required variable has no value, or it comes out very long
     */
    static String substitute(String text, Function<String, Optional<String>> variables, Consumer<String> unset)
            throws InvalidValue {
        return new Template(text, variables, unset).substituted(0, text.length(), 0);
    }

    /** What a part of the text means. */
    private String substituted(int start, int end, int depth) throws InvalidValue {
        if (depth > DEEPEST_NESTING) {
            throw new InvalidValue(
                    "more than " + DEEPEST_NESTING + " defaults of variables lie in each other", "write it flatter");
        }
        StringBuilder result = new StringBuilder();
        int position = start;
        while (position < end) {
            int dollar = text.indexOf('$', position, end);
            if (dollar < 0 || dollar + 1 == end) {
                break;
            }
            result.append(text, position, dollar);
            char next = text.charAt(dollar + 1);
            int nameEnd = nameEnd(dollar + 1, end);
            if (next == '$') {
                result.append('$');
                position = dollar + 2;
            } else if (next == '{') {
                int brace = closingBrace(dollar, start, end);
                result.append(braced(dollar + 2, brace, start, end, depth));
                position = brace + 1;
            } else if (nameEnd > dollar + 1) {
                result.append(value(text.substring(dollar + 1, nameEnd)));
                position = nameEnd;
            } else {
                result.append('$');
                position = dollar + 1;
            }
            checkLength(result.length());
        }
        result.append(text, position, end);
        checkLength(result.length());
        return result.toString();
    }

    /** A variable may be long and stand in a text very often. */
    private static void checkLength(int length) throws InvalidValue {
        if (length > LONGEST) {
            throw new InvalidValue(
                    "the text is longer than " + LONGEST + " characters once its variables are filled in",
                    "use fewer variables, or shorter ones");
        }
    }

    /** Where the name ends that begins at a position; the position itself when none does. */
    private int nameEnd(int start, int end) {
        int index = start;
        while (index < end && isOfName(text.charAt(index), index > start)) {
            index++;
        }
        return index;
    }

    private static boolean isOfName(char character, boolean digits) {
        return character == '_'
                || (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (digits && character >= '0' && character <= '9');
    }

    /** The brace that closes the one after the dollar; where braces inside do not match, the last one of the line. */
    private int closingBrace(int dollar, int start, int end) throws InvalidValue {
        int open = 0;
        int last = -1;
        int index = dollar;
        while (index < end && text.charAt(index) != '\n') {
            char character = text.charAt(index);
            if (character == '}') {
                open--;
                if (open == 0) {
                    return index;
                }
                last = index;
            } else if (character == '{') {
                open++;
                if (index + 1 < end && text.charAt(index + 1) != '\n') {
                    index++; // what follows it is not looked at
                    last = text.charAt(index) == '}' ? index : last;
                }
            }
            index++;
        }
        if (last < 0) {
            throw invalid(start, end);
        }
        return last;
    }

    /** What a variable in braces means. */
    private String braced(int inside, int brace, int start, int end, int depth) throws InvalidValue {
        int nameEnd = nameEnd(inside, brace);
        if (nameEnd == inside) {
            throw invalid(start, end);
        }
        String name = text.substring(inside, nameEnd);
        if (nameEnd == brace) {
            return value(name);
        }
        boolean emptyCounts = text.charAt(nameEnd) != ':';
        int operator = emptyCounts ? nameEnd : nameEnd + 1;
        if (operator == brace || "-+?".indexOf(text.charAt(operator)) < 0) {
            throw invalid(start, end);
        }
        String other = substituted(operator + 1, brace, depth + 1);
        Optional<String> value = variables.apply(name);
        boolean there = value.isPresent() && (emptyCounts || !value.get().isEmpty());
        return switch (text.charAt(operator)) {
            case '-' -> there ? value.get() : other;
            case '+' -> there ? other : value.orElse("");
            default -> {
                if (!there) {
                    throw new InvalidValue(
                            "required variable " + name + " is missing a value" + (other.isEmpty() ? "" : ": " + other),
                            "set " + name + " in the environment or in .env");
                }
                yield value.get();
            }
        };
    }

    private String value(String name) {
        Optional<String> value = variables.apply(name);
        if (value.isEmpty() && told.size() < Problems.MOST && told.add(name)) {
            unset.accept(name);
        }
        return value.orElse("");
    }

    private InvalidValue invalid(int start, int end) {
        int longest = 80;
        String told =
                end - start <= longest ? text.substring(start, end) : text.substring(start, start + longest) + "...";
        return new InvalidValue(
                "invalid interpolation format: " + told, "write $$ for a dollar that starts no variable");
    }
}
