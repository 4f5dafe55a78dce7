package dev.portolan.yaml;

import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import java.nio.charset.StandardCharsets;

/**
 * Nodes as YAML, one value on a line, in their order, byte for byte as the YAML library of Docker Compose writes them. Reading the
 * text again gives the same nodes.
 */
public final class YamlWriter {
    static final String STEP = "  ";
    /** In bytes; a longer key stands behind a question mark. */
    private static final int LONGEST_KEY = 128;

    private final StringBuilder text = new StringBuilder();

    private YamlWriter() {}

    /** With a line break at its end. */
    public static String write(YamlNode root) {
        YamlWriter writer = new YamlWriter();
        // A text of several lines that is all there is stands indented, as any other does
        writer.afterIndicator(root, root instanceof Scalar ? STEP : "");
        return writer.text.toString();
    }

    /** A value at the place where its first line begins already; its other lines have the indent before them. */
    private void afterIndicator(YamlNode node, String indent) {
        switch (node) {
            case Mapping mapping when !mapping.entries().isEmpty() -> mapping(mapping, "", indent);
            case Sequence sequence when !sequence.items().isEmpty() -> sequence(sequence, "", indent);
            default -> text.append(inline(node, indent)).append('\n');
        }
    }

    /** @param first what the first key has before it */
    private void mapping(Mapping mapping, String first, String indent) {
        String before = first;
        for (Entry entry : mapping.entries()) {
            text.append(before);
            if (isSimple(entry.key())) {
                text.append(ScalarText.onOneLine(entry.key())).append(':');
                value(entry.value(), indent);
            } else {
                text.append("? ")
                        .append(ScalarText.of(entry.key(), indent + STEP))
                        .append('\n');
                text.append(indent).append(": ");
                afterIndicator(entry.value(), indent + STEP);
            }
            before = indent;
        }
    }

    private static boolean isSimple(String key) {
        return key.codePoints().noneMatch(ScalarStyle::isBreak)
                && key.getBytes(StandardCharsets.UTF_8).length <= LONGEST_KEY;
    }

    private void value(YamlNode node, String indent) {
        String inner = indent + STEP;
        switch (node) {
            case Mapping mapping
            when !mapping.entries().isEmpty() -> {
                text.append('\n');
                mapping(mapping, inner, inner);
            }
            case Sequence sequence
            when !sequence.items().isEmpty() -> {
                text.append('\n');
                sequence(sequence, inner, inner);
            }
            default -> text.append(' ').append(inline(node, inner)).append('\n');
        }
    }

    private void sequence(Sequence sequence, String first, String indent) {
        String before = first;
        for (YamlNode item : sequence.items()) {
            text.append(before).append("- ");
            afterIndicator(item, indent + STEP);
            before = indent;
        }
    }

    private static String inline(YamlNode node, String indent) {
        return switch (node) {
            case Mapping mapping -> "{}";
            case Sequence sequence -> "[]";
            case Scalar scalar ->
                switch (scalar.value()) {
                    case ScalarValue.Text plain -> ScalarText.of(plain.text(), indent);
                    case ScalarValue.Null nothing -> "null";
                    case ScalarValue.Fraction fraction -> number(fraction);
                    case ScalarValue.Whole whole -> whole.text();
                    case ScalarValue.Truth truth -> truth.text();
                    case ScalarValue.Date date -> date.text();
                };
        };
    }

    private static String number(ScalarValue.Fraction fraction) {
        if (Double.isNaN(fraction.value())) {
            return ".nan";
        }
        if (Double.isInfinite(fraction.value())) {
            return fraction.value() > 0 ? ".inf" : "-.inf";
        }
        return fraction.text();
    }
}
