package dev.portolan.compose;

import dev.portolan.compose.Form.Pairs;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Mappings and lists of {@code name=value}, as mappings from names to strings. */
final class PairForms {

    private PairForms() {}

    /** @throws InvalidValue when it is neither */
    static Mapping of(YamlNode node, Pairs form, KeyPath path, Problems problems) throws InvalidValue {
        return switch (node) {
            case Mapping mapping -> Trees.each(mapping, entry -> Trees.withValue(entry, value(entry.value(), form)));
            case Sequence sequence -> ofLines(sequence, form, path, problems);
            case Scalar scalar ->
                throw new InvalidValue(
                        "must be a mapping or a list, not " + scalar.kind(), "write a mapping or a list");
        };
    }

    private static YamlNode value(YamlNode node, Pairs form) {
        if (form == Pairs.LISTS) {
            List<YamlNode> items = node instanceof Sequence sequence ? sequence.items() : List.of(node);
            return Binding.texts(items.stream().map(PairForms::text).toList(), node);
        }
        return node.isNothing() && form == Pairs.VARIABLES
                ? Trees.nothing(node.location())
                : Scalar.string(text(node), node.location());
    }

    private static String text(YamlNode node) {
        return node instanceof Scalar ? Trees.text(node) : "";
    }

    private static Mapping ofLines(Sequence sequence, Pairs form, KeyPath path, Problems problems) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        List<YamlNode> lines = new ArrayList<>(sequence.items());
        for (int index = 0; index < lines.size(); index++) {
            YamlNode line = lines.get(index);
            String text = text(line);
            int equals = text.indexOf('=');
            String name = equals < 0 ? text : text.substring(0, equals);
            if (form == Pairs.VARIABLES && !name.isEmpty() && Character.isWhitespace(name.charAt(name.length() - 1))) {
                problems.error(
                        line.location(),
                        path.child(index),
                        "\"" + name + "\" is no name of a variable",
                        "write NAME=value without a space before the equals sign");
            }
            Scalar value = equals >= 0
                    ? Scalar.string(text.substring(equals + 1), line.location())
                    : form == Pairs.VARIABLES ? Trees.nothing(line.location()) : Scalar.string("", line.location());
            entries.put(name, new Entry(name, line.location(), value));
        }
        return new Mapping(List.copyOf(entries.values()), sequence.location());
    }
}
