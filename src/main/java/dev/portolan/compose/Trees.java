package dev.portolan.compose;

import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Small steps on trees of nodes. */
final class Trees {

    private Trees() {}

    /** The value at a path of keys and indexes. */
    static Optional<YamlNode> find(YamlNode root, KeyPath path) {
        Optional<YamlNode> found = Optional.of(root);
        for (String part : path.parts()) {
            found = found.flatMap(node -> switch (node) {
                case Mapping mapping -> mapping.value(part);
                case Sequence sequence -> item(sequence, part);
                case Scalar scalar -> Optional.empty();
            });
        }
        return found;
    }

    private static Optional<YamlNode> item(Sequence sequence, String index) {
        return index.chars().allMatch(Character::isDigit)
                        && Integer.parseInt(index) < sequence.items().size()
                ? Optional.of(sequence.items().get(Integer.parseInt(index)))
                : Optional.empty();
    }

    static Mapping emptyMapping(String file) {
        return new Mapping(List.of(), SourceLocation.wholeFile(file));
    }

    /** The mapping with the values of some keys changed; keys that are not there stay away. */
    static Mapping withValues(Mapping mapping, Map<String, UnaryOperator<YamlNode>> changes) {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : mapping.entries()) {
            UnaryOperator<YamlNode> change = changes.get(entry.key());
            entries.add(change == null ? entry : withValue(entry, change.apply(entry.value())));
        }
        return new Mapping(entries, mapping.tag(), mapping.location());
    }

    static Mapping withEachValue(Mapping mapping, UnaryOperator<YamlNode> change) {
        List<Entry> entries = new ArrayList<>();
        mapping.entries().forEach(entry -> entries.add(withValue(entry, change.apply(entry.value()))));
        return new Mapping(entries, mapping.tag(), mapping.location());
    }

    static Entry withValue(Entry entry, YamlNode value) {
        return new Entry(entry.key(), entry.keyLocation(), value);
    }

    /** The mapping with entries added, or put in the place of those with the same key. */
    static Mapping with(Mapping mapping, List<Entry> added) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        mapping.entries().forEach(entry -> entries.put(entry.key(), entry));
        added.forEach(entry -> entries.put(entry.key(), entry));
        return new Mapping(List.copyOf(entries.values()), mapping.tag(), mapping.location());
    }

    static Mapping without(Mapping mapping, String key) {
        return new Mapping(
                mapping.entries().stream()
                        .filter(entry -> !entry.key().equals(key))
                        .toList(),
                mapping.tag(),
                mapping.location());
    }

    static String text(YamlNode node) {
        return node instanceof Scalar scalar ? scalar.value().text() : "";
    }
}
