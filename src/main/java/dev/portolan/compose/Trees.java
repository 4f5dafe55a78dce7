package dev.portolan.compose;

import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.ScalarValue;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Small steps on trees of nodes. */
final class Trees {

    /** What a value takes beside its text, in characters. */
    static final int SIZE_OF_VALUE = 50;

    private Trees() {}

    /** How much a tree takes, in characters; what stands in it several times counts each time. */
    static long size(YamlNode node) {
        return SIZE_OF_VALUE
                + switch (node) {
                    case Scalar scalar -> 0;
                    case Sequence sequence ->
                        sequence.items().stream().mapToLong(Trees::size).sum();
                    case Mapping mapping ->
                        mapping.entries().stream()
                                .mapToLong(entry -> size(entry.value()))
                                .sum();
                };
    }

    static Mapping emptyMapping(String file) {
        return new Mapping(List.of(), SourceLocation.wholeFile(file));
    }

    static Scalar truth(boolean value, SourceLocation location) {
        return new Scalar(Boolean.toString(value), false, "", location);
    }

    /** A number, written as it is to be printed. */
    static Scalar number(String text, SourceLocation location) {
        return new Scalar(text, false, "", location);
    }

    static Scalar nothing(SourceLocation location) {
        return new Scalar("", false, "", location);
    }

    static Entry entry(String key, YamlNode value) {
        return new Entry(key, value.location(), value);
    }

    static Mapping mapping(SourceLocation location, Entry... entries) {
        return new Mapping(List.of(entries), location);
    }

    @SuppressWarnings("ReferenceEquality") // only what is the very same need not be made anew
    static Entry withValue(Entry entry, YamlNode value) {
        return entry.value() == value ? entry : new Entry(entry.key(), entry.keyLocation(), value);
    }

    /** The mapping with each value changed; itself where none is. */
    static Mapping each(Mapping mapping, UnaryOperator<Entry> change) {
        return changed(mapping.entries(), change)
                .map(entries -> new Mapping(entries, mapping.tag(), mapping.location()))
                .orElse(mapping);
    }

    /** The list with each item changed; itself where none is. */
    static Sequence eachItem(Sequence sequence, UnaryOperator<YamlNode> change) {
        return changed(sequence.items(), change)
                .map(items -> new Sequence(items, sequence.tag(), sequence.location()))
                .orElse(sequence);
    }

    /** Empty where nothing changes: many walks over a file change little of it. */
    @SuppressWarnings("ReferenceEquality") // what is equal but not the same may stand elsewhere
    private static <T> Optional<List<T>> changed(List<T> all, UnaryOperator<T> change) {
        List<T> after = new ArrayList<>(all.size());
        boolean same = true;
        for (T each : all) {
            T now = change.apply(each);
            same &= now == each;
            after.add(now);
        }
        return same ? Optional.empty() : Optional.of(after);
    }

    /** The mapping with the values at a key changed, if it is a mapping and the key is there. */
    static Mapping at(Mapping mapping, String key, UnaryOperator<YamlNode> change) {
        return each(mapping, entry -> entry.key().equals(key) ? withValue(entry, change.apply(entry.value())) : entry);
    }

    /** The mapping with each mapping below one of its keys changed; the function is given its key too. */
    static Mapping atEach(Mapping mapping, String key, BiFunction<String, Mapping, YamlNode> change) {
        return at(
                mapping,
                key,
                value -> value instanceof Mapping inner
                        ? each(
                                inner,
                                entry -> entry.value() instanceof Mapping below
                                        ? withValue(entry, change.apply(entry.key(), below))
                                        : entry)
                        : value);
    }

    /** The mapping with entries added, or put in the place of those with the same key. */
    static Mapping with(Mapping mapping, Entry... added) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        mapping.entries().forEach(entry -> entries.put(entry.key(), entry));
        for (Entry entry : added) {
            entries.put(entry.key(), entry);
        }
        return new Mapping(List.copyOf(entries.values()), mapping.tag(), mapping.location());
    }

    static Mapping without(Mapping mapping, String key) {
        if (mapping.entry(key).isEmpty()) {
            return mapping;
        }
        return new Mapping(
                mapping.entries().stream()
                        .filter(entry -> !entry.key().equals(key))
                        .toList(),
                mapping.tag(),
                mapping.location());
    }

    /** The entries of a mapping below a key; empty when there is none. */
    static List<Entry> entries(Mapping mapping, String key) {
        return section(mapping, key).map(Mapping::entries).orElse(List.of());
    }

    /** The mapping below a key. */
    static Optional<Mapping> section(Mapping mapping, String key) {
        return mapping.value(key).filter(Mapping.class::isInstance).map(Mapping.class::cast);
    }

    /** The items of the list below a key; empty when there is none. */
    static List<YamlNode> items(Mapping mapping, String key) {
        return mapping.value(key).orElse(mapping) instanceof Sequence sequence ? sequence.items() : List.of();
    }

    static String text(YamlNode node) {
        return node instanceof Scalar scalar ? scalar.value().text() : "";
    }

    static Optional<String> text(Mapping mapping, String key) {
        return mapping.value(key)
                .filter(value -> value instanceof Scalar && !value.isNothing())
                .map(Trees::text);
    }

    static boolean isText(YamlNode node) {
        return node instanceof Scalar scalar && scalar.value() instanceof ScalarValue.Text;
    }

    static boolean isWhole(YamlNode node) {
        return node instanceof Scalar scalar && scalar.value() instanceof ScalarValue.Whole;
    }

    /** What a node holds, wherever it stands: equal for equal content. */
    static Object content(YamlNode node) {
        return switch (node) {
            case Scalar scalar -> scalar.value();
            case Sequence sequence ->
                sequence.items().stream().map(Trees::content).toList();
            case Mapping mapping -> {
                Map<String, Object> contents = new HashMap<>();
                mapping.entries().forEach(entry -> contents.put(entry.key(), content(entry.value())));
                yield contents;
            }
        };
    }
}
