package dev.portolan.compose;

import dev.portolan.compose.Form.Single;
import dev.portolan.compose.Form.Special;
import dev.portolan.compose.KeyTable.Known;
import dev.portolan.compose.KeyTable.Presence;
import dev.portolan.yaml.ScalarValue;
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
import java.util.Set;

/**
 * Gives every value of the merged files the type that its key has, so that {@code "0.5"} and {@code 0.5}, {@code 1g} and
 * {@code 1073741824}, a list of {@code name=value} and a mapping are one and the same from here on. What is empty, 0 or false
 * is left out where that means the same.
 */
final class Binding {
    /** Where nothing means a resource with nothing to say about it. */
    private static final Set<KeyPath> MAY_BE_NOTHING = Set.of(KeyPath.of("networks"), KeyPath.of("volumes"));

    private final Problems problems;

    private Binding(Problems problems) {
        this.problems = problems;
    }

    static Mapping of(Mapping root, Problems problems) {
        return new Binding(problems).fields(root, Specification.PROJECT, KeyPath.ROOT);
    }

    /** Empty for nothing, and for what cannot be that, which is a problem. */
    private Optional<YamlNode> value(YamlNode node, Form form, KeyPath path) {
        if (node.isNothing()) {
            return Optional.empty();
        }
        try {
            return switch (form) {
                case Single single -> {
                    warnOfOldTruth(node, single, path);
                    yield Optional.of(SingleForms.of(node, single));
                }
                case Form.Pairs pairs -> Optional.of(PairForms.of(node, pairs, path, problems));
                case Special special -> special(node, special, path);
                case Form.Items items -> Optional.of(items(node, items, path));
                case Form.Fields fields -> Optional.of(fields(SingleForms.mapping(node), fields.keys(), path));
                case Form.Named named -> Optional.of(named(SingleForms.mapping(node), named, path));
            };
        } catch (InvalidValue invalid) {
            problems.error(node.location(), path, invalid);
            return Optional.empty();
        }
    }

    private void warnOfOldTruth(YamlNode node, Single form, KeyPath path) {
        if (form == Single.TRUTH && Trees.isText(node) && Casts.isOldTruth(Trees.text(node))) {
            problems.warning(
                    node.location(),
                    path,
                    "\"" + Trees.text(node) + "\" is no boolean in YAML 1.2",
                    "write true or false");
        }
    }

    private Optional<YamlNode> special(YamlNode node, Special special, KeyPath path) throws InvalidValue {
        return switch (special) {
            case COMMAND ->
                Optional.of(
                        node instanceof Scalar scalar && Trees.isText(scalar)
                                ? texts(ShellWords.split(scalar.text()), scalar)
                                : items(node, new Form.Items(Single.TEXT), path));
            case TEST ->
                Optional.of(
                        node instanceof Scalar scalar && Trees.isText(scalar)
                                ? texts(List.of("CMD-SHELL", scalar.text()), scalar)
                                : items(node, new Form.Items(Single.TEXT), path));
            case HOSTS -> Optional.of(HostForms.of(node, path, problems));
            case SSH -> Optional.of(SingleForms.mapping(node));
            case LIMIT -> Optional.of(limit(node, path));
            case NUMBERS_AS_TEXTS ->
                Optional.of(Trees.eachItem(
                        SingleForms.sequence(node), item -> Scalar.string(Trees.text(item), item.location())));
            case DROPPED -> Optional.empty();
        };
    }

    static Sequence texts(List<String> texts, YamlNode at) {
        return new Sequence(
                texts.stream()
                        .map(text -> (YamlNode) Scalar.string(text, at.location()))
                        .toList(),
                at.location());
    }

    private Sequence items(YamlNode node, Form.Items items, KeyPath path) throws InvalidValue {
        if (Trees.isText(node) && items.item() == Single.TEXT) {
            return new Sequence(List.of(node), node.location());
        }
        Sequence sequence = SingleForms.sequence(node);
        List<YamlNode> bound = new ArrayList<>();
        for (int index = 0; index < sequence.items().size(); index++) {
            value(sequence.items().get(index), items.item(), path.child(index)).ifPresent(bound::add);
        }
        return new Sequence(bound, sequence.location());
    }

    private Mapping fields(Mapping mapping, KeyTable keys, KeyPath path) {
        Map<String, Entry> bound = new LinkedHashMap<>();
        List<Entry> extensions = new ArrayList<>();
        for (Entry entry : mapping.entries()) {
            Optional<Known> known = keys.key(entry.key());
            if (known.isPresent()) {
                value(entry.value(), known.get().form(), path.child(entry.key()))
                        .filter(value -> known.get().presence() != Presence.UNLESS_ZERO
                                || !isZero(value, known.get().form()))
                        .ifPresent(value -> bound.put(entry.key(), Trees.withValue(entry, value)));
            } else if (Specification.isExtension(entry.key())) {
                extensions.add(entry);
            }
        }
        List<Entry> entries = new ArrayList<>(bound.values());
        entries.addAll(extensions);
        return new Mapping(entries, mapping.location());
    }

    private Mapping named(Mapping mapping, Form.Named named, KeyPath path) {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : mapping.entries()) {
            Optional<YamlNode> value = value(entry.value(), named.value(), path.child(entry.key()));
            if (value.isPresent()) {
                entries.add(Trees.withValue(entry, value.get()));
            } else if (entry.value().isNothing() && MAY_BE_NOTHING.contains(path)) {
                entries.add(Trees.withValue(
                        entry, new Mapping(List.of(), entry.value().location())));
            } else if (entry.value().isNothing()) {
                entries.add(
                        named.value() instanceof Single
                                ? Trees.withValue(
                                        entry, Scalar.string("", entry.value().location()))
                                : entry);
            }
        }
        return new Mapping(entries, mapping.location());
    }

    /** One number for both, or a mapping with two. */
    private YamlNode limit(YamlNode node, KeyPath path) throws InvalidValue {
        if (node instanceof Mapping mapping) {
            return Trees.each(
                    mapping,
                    entry -> Specification.isExtension(entry.key())
                            ? entry
                            : Trees.withValue(
                                    entry,
                                    value(entry.value(), Single.WHOLE, path.child(entry.key()))
                                            .orElse(entry.value())));
        }
        return SingleForms.of(node, Single.WHOLE);
    }

    private static boolean isZero(YamlNode value, Form form) {
        return isZero(value)
                || (form == Single.BYTES && Trees.text(value).equals("0"))
                || (form == Single.DURATION && Trees.text(value).equals("0s"));
    }

    /** Whether a value means the same as none. */
    static boolean isZero(YamlNode node) {
        return switch (node) {
            case Mapping mapping -> mapping.entries().isEmpty();
            case Sequence sequence -> sequence.items().isEmpty();
            case Scalar scalar ->
                switch (scalar.value()) {
                    case ScalarValue.Null nothing -> true;
                    case ScalarValue.Truth truth -> !truth.value();
                    case ScalarValue.Whole whole -> whole.value().signum() == 0;
                    case ScalarValue.Fraction fraction -> fraction.value() == 0;
                    case ScalarValue.Date date -> false;
                    case ScalarValue.Text text -> text.text().isEmpty();
                };
        };
    }
}
