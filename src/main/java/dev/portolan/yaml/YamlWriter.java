package dev.portolan.yaml;

import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import java.util.regex.Pattern;

/** Nodes as YAML, one value on a line, in their order. Reading the text again gives the same nodes. */
public final class YamlWriter {
    private static final String STEP = "  ";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./][A-Za-z0-9_./:@=,+* ()-]*");
    /** What other readers take for something else than a string. */
    private static final Pattern MISREAD =
            Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null|~|[-+.0-9][-+.0-9_:eExXoO a-f]*|\\.(inf|nan)|=|<<");

    private final StringBuilder text = new StringBuilder();

    private YamlWriter() {}

    /** With a line break at its end. */
    public static String write(YamlNode root) {
        YamlWriter writer = new YamlWriter();
        if (root instanceof Mapping mapping && !mapping.entries().isEmpty()) {
            writer.mapping(mapping, "", "");
        } else if (root instanceof Sequence sequence && !sequence.items().isEmpty()) {
            writer.sequence(sequence, "");
        } else {
            writer.text.append(inline(root, "")).append('\n');
        }
        return writer.text.toString();
    }

    /** @param first what the first key has before it */
    private void mapping(Mapping mapping, String first, String indent) {
        String before = first;
        for (Entry entry : mapping.entries()) {
            text.append(before).append(string(entry.key(), "")).append(':');
            value(entry.value(), indent);
            before = indent;
        }
    }

    private void value(YamlNode node, String indent) {
        switch (node) {
            case Mapping mapping
            when !mapping.entries().isEmpty() -> {
                text.append('\n');
                mapping(mapping, indent + STEP, indent + STEP);
            }
            case Sequence sequence
            when !sequence.items().isEmpty() -> {
                text.append('\n');
                sequence(sequence, indent + STEP);
            }
            default -> text.append(' ').append(inline(node, indent)).append('\n');
        }
    }

    private void sequence(Sequence sequence, String indent) {
        for (YamlNode item : sequence.items()) {
            text.append(indent).append("- ");
            switch (item) {
                case Mapping mapping when !mapping.entries().isEmpty() -> mapping(mapping, "", indent + STEP);
                case Sequence inner
                when !inner.items().isEmpty() -> {
                    text.append('\n');
                    sequence(inner, indent + STEP);
                }
                default -> text.append(inline(item, indent)).append('\n');
            }
        }
    }

    private static String inline(YamlNode node, String indent) {
        return switch (node) {
            case Mapping mapping -> "{}";
            case Sequence sequence -> "[]";
            case Scalar scalar ->
                switch (scalar.value()) {
                    case ScalarValue.Text plain -> string(plain.text(), indent);
                    case ScalarValue.Null nothing -> "null";
                    case ScalarValue.Fraction fraction ->
                        Double.isFinite(fraction.value()) ? NumberText.of(fraction.value()) : scalar.text();
                    case ScalarValue.Whole whole -> whole.text();
                    case ScalarValue.Truth truth -> truth.text();
                    case ScalarValue.Date date -> date.text();
                };
        };
    }

    /** As it is where that cannot be misread, on several lines where it has several, else in quotes. */
    private static String string(String value, String indent) {
        if (PLAIN.matcher(value).matches()
                && !MISREAD.matcher(value).matches()
                && !value.endsWith(" ")
                && !value.endsWith(":")
                && !value.contains(": ")
                && !value.contains(" #")) {
            return value;
        }
        return isBlock(value) ? block(value, indent) : quoted(value);
    }

    private static boolean isBlock(String value) {
        return value.contains("\n")
                && !value.startsWith(" ")
                && !value.startsWith("\n")
                && value.chars().allMatch(character -> character == '\n' || (character >= ' ' && character < 127))
                && value.lines().noneMatch(line -> line.endsWith(" "));
    }

    private static String block(String value, String indent) {
        String chomping = value.endsWith("\n\n") ? "|+" : value.endsWith("\n") ? "|" : "|-";
        StringBuilder block = new StringBuilder(chomping);
        String body = value.endsWith("\n") ? value.substring(0, value.length() - 1) : value;
        for (String line : body.split("\n", -1)) {
            block.append('\n');
            if (!line.isEmpty()) {
                block.append(indent).append(STEP).append(line);
            }
        }
        return block.toString();
    }

    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int index = 0; index < value.length(); index++) {
            char character = value.charAt(index);
            switch (character) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    boolean unprintable = character < ' '
                            || (character >= 0x7f && character < 0xa0)
                            || character == '\u2028'
                            || character == '\u2029'
                            || character == '\ufeff'
                            || character >= '\ufffe';
                    quoted.append(unprintable ? String.format("\\u%04x", (int) character) : character);
                }
            }
        }
        return quoted.append('"').toString();
    }
}
