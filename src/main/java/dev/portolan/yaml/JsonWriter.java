package dev.portolan.yaml;

import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import java.util.List;

/** Nodes as JSON, on many lines, in their order. */
public final class JsonWriter {
    private static final String STEP = "  ";

    private final StringBuilder text = new StringBuilder();

    private final boolean compact;

    private JsonWriter(boolean compact) {
        this.compact = compact;
    }

    /** Without a line break at its end. */
    public static String write(YamlNode root) {
        JsonWriter writer = new JsonWriter(false);
        writer.node(root, "");
        return writer.text.toString();
    }

    /** On one line without blanks, byte for byte as the JSON library of Docker Compose writes it. */
    public static String compact(YamlNode root) {
        JsonWriter writer = new JsonWriter(true);
        writer.node(root, "");
        return writer.text.toString();
    }

    private void node(YamlNode node, String indent) {
        switch (node) {
            case Scalar scalar -> scalar(scalar.value());
            case Sequence sequence -> list('[', sequence.items(), ']', indent, item -> node(item, indent + STEP));
            case Mapping mapping -> list('{', mapping.entries(), '}', indent, entry -> entry(entry, indent + STEP));
        }
    }

    private interface Item<T> {
        void write(T item);
    }

    private <T> void list(char open, List<T> items, char close, String indent, Item<T> writer) {
        text.append(open);
        boolean first = true;
        for (T item : items) {
            text.append(first ? "" : ",").append(compact ? "" : "\n" + indent + STEP);
            writer.write(item);
            first = false;
        }
        if (!first && !compact) {
            text.append('\n').append(indent);
        }
        text.append(close);
    }

    private void entry(Entry entry, String indent) {
        string(entry.key());
        text.append(compact ? ":" : ": ");
        node(entry.value(), indent);
    }

    private void scalar(ScalarValue value) {
        switch (value) {
            case ScalarValue.Null nothing -> text.append("null");
            case ScalarValue.Truth truth -> text.append(truth.value());
            case ScalarValue.Whole whole -> text.append(whole.value());
            case ScalarValue.Fraction fraction -> {
                if (Double.isFinite(fraction.value())) {
                    text.append(NumberText.of(fraction.value()));
                } else {
                    string(fraction.text());
                }
            }
            case ScalarValue.Date date -> string(date.text());
            case ScalarValue.Text plain -> string(plain.text());
        }
    }

    private void string(String value) {
        text.append('"');
        for (int index = 0; index < value.length(); index++) {
            char character = value.charAt(index);
            switch (character) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                default -> {
                    boolean markup = compact && (character == '<' || character == '>' || character == '&');
                    if (markup || character < ' ' || character == '\u2028' || character == '\u2029') {
                        text.append(String.format("\\u%04x", (int) character));
                    } else {
                        text.append(character);
                    }
                }
            }
        }
        text.append('"');
    }
}
