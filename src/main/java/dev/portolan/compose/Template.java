package dev.portolan.compose;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with variables: {@code $NAME}, {@code ${NAME}}, the forms with {@code :-}, {@code -}, {@code :?}, {@code ?}, {@code :+}
 * and {@code +}, each in each other, and {@code $$} for a dollar. A dollar before anything else stands for itself.
 */
final class Template {
    private static final int DEEPEST_NESTING = 50;
    private static final String NAME = "[_a-zA-Z][_a-zA-Z0-9]*";
    private static final Pattern PLAIN = Pattern.compile(NAME);
    private static final Pattern BRACED = Pattern.compile("(" + NAME + ")(:?[-+?])?(.*)");

    private final Function<String, Optional<String>> variables;
    private final Consumer<String> unset;

    private Template(Function<String, Optional<String>> variables, Consumer<String> unset) {
        this.variables = variables;
        this.unset = unset;
    }

    /**
     * Fills in the variables of a text.
     *
     * @param variables the value of a name, if it is set; asked for every name in the text, also in a default that does not count
     * @param unset told the name of each variable that has neither a value nor a default
     * @throws InvalidValue when the text is no template, or a required variable has no value
     */
    static String substitute(String text, Function<String, Optional<String>> variables, Consumer<String> unset)
            throws InvalidValue {
        return new Template(variables, unset).substitute(text, 0);
    }

    private String substitute(String text, int depth) throws InvalidValue {
        if (depth > DEEPEST_NESTING) {
            throw new InvalidValue(
                    "more than " + DEEPEST_NESTING + " defaults of variables lie in each other", "write it flatter");
        }
        StringBuilder result = new StringBuilder();
        int position = 0;
        while (position < text.length()) {
            int dollar = text.indexOf('$', position);
            if (dollar < 0 || dollar + 1 == text.length()) {
                break;
            }
            result.append(text, position, dollar);
            char next = text.charAt(dollar + 1);
            if (next == '$') {
                result.append('$');
                position = dollar + 2;
            } else if (next == '{') {
                int end = closingBrace(text, dollar);
                result.append(braced(text.substring(dollar + 2, end), text, depth));
                position = end + 1;
            } else {
                Matcher name = PLAIN.matcher(text).region(dollar + 1, text.length());
                if (name.lookingAt()) {
                    result.append(value(name.group()));
                    position = name.end();
                } else {
                    result.append('$');
                    position = dollar + 1;
                }
            }
        }
        return result.append(text, position, text.length()).toString();
    }

    /** The brace that closes the one after the dollar; where braces inside do not match, the last one of the line. */
    private static int closingBrace(String text, int dollar) throws InvalidValue {
        int open = 0;
        int lineEnd = text.indexOf('\n', dollar) < 0 ? text.length() : text.indexOf('\n', dollar);
        for (int index = dollar; index < lineEnd; index++) {
            if (text.charAt(index) == '}' && --open == 0) {
                return index;
            }
            if (text.charAt(index) == '{') {
                open++;
                index++;
            }
        }
        int last = text.lastIndexOf('}', lineEnd - 1);
        if (last < dollar) {
            throw invalid(text);
        }
        return last;
    }

    private String braced(String inside, String text, int depth) throws InvalidValue {
        Matcher parts = BRACED.matcher(inside);
        if (!parts.matches()) {
            throw invalid(text);
        }
        String name = parts.group(1);
        String operator = parts.group(2) == null ? "" : parts.group(2);
        if (operator.isEmpty()) {
            if (!parts.group(3).isEmpty()) {
                throw invalid(text);
            }
            return value(name);
        }
        String other = substitute(parts.group(3), depth + 1);
        Optional<String> value = variables.apply(name);
        boolean there =
                value.isPresent() && !(operator.startsWith(":") && value.get().isEmpty());
        return switch (operator.charAt(operator.length() - 1)) {
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
        if (value.isEmpty()) {
            unset.accept(name);
        }
        return value.orElse("");
    }

    private static InvalidValue invalid(String text) {
        return new InvalidValue(
                "invalid interpolation format: " + abbreviated(text), "write $$ for a dollar that starts no variable");
    }

    private static String abbreviated(String text) {
        int longest = 80;
        return text.length() <= longest ? text : text.substring(0, longest) + "...";
    }
}
