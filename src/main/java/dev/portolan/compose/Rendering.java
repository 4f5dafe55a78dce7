package dev.portolan.compose;

import dev.portolan.compose.Form.Single;
import dev.portolan.compose.Form.Special;
import dev.portolan.compose.KeyTable.Known;
import dev.portolan.compose.KeyTable.Presence;
import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.KeyOrder;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The typed tree as it is printed: keys in their order, and those that a notation always has. */
final class Rendering {
    private static final SourceLocation NOWHERE = SourceLocation.wholeFile("");

    private final boolean json;

    private Rendering(boolean json) {
        this.json = json;
    }

    static Mapping forJson(Mapping root) {
        Mapping rendered = new Rendering(true).fields(root, Specification.PROJECT);
        return Trees.with(
                rendered,
                extensions(root).stream()
                        .map(entry -> Trees.withValue(entry, withoutEmptyLists(entry.value(), PathRules.none())))
                        .toArray(Entry[]::new));
    }

    /** A tree that no variables were filled into. */
    static YamlNode untypedForJson(Mapping root) {
        Mapping filledIn = Trees.atEach(
                root,
                "services",
                (name, service) -> Trees.at(
                        Trees.at(service, "environment", Rendering::orNothing),
                        "build",
                        build -> build instanceof Mapping mapping
                                ? Trees.at(mapping, "args", Rendering::orNothing)
                                : build));
        return withoutEmptyLists(filledIn, Unique.KEYS);
    }

    /** A list of variables is made anew when it is filled in, and is nothing in JSON if no variable is left. */
    private static YamlNode orNothing(YamlNode pairs) {
        return pairs instanceof Sequence ? withoutEmptyLists(pairs, PathRules.none()) : pairs;
    }

    /** What has no type in JSON: an empty list is nothing there, unless it was looked through for items that take each other's place. */
    private static YamlNode withoutEmptyLists(YamlNode node, PathRules<?> kept) {
        return switch (node) {
            case Mapping mapping ->
                Trees.each(
                        mapping,
                        entry -> Trees.withValue(entry, withoutEmptyLists(entry.value(), kept.below(entry.key()))));
            case Sequence sequence
            when sequence.items().isEmpty() && kept.rule().isEmpty() -> Trees.nothing(sequence.location());
            case Sequence sequence ->
                Trees.eachItem(sequence, item -> withoutEmptyLists(item, kept.below(PathRules.ITEM)));
            case Scalar scalar -> scalar;
        };
    }

    static Mapping serviceForJson(Mapping service) {
        return new Rendering(true).fields(service, ((Shape.Section) ServiceKeys.SERVICE).keys());
    }

    static Mapping forYaml(Mapping root) {
        return new Rendering(false).fields(root, Specification.PROJECT);
    }

    /** Keys of the person: JSON has them at the top only. */
    private static List<Entry> extensions(Mapping mapping) {
        return sorted(
                        new Mapping(
                                mapping.entries().stream()
                                        .filter(entry -> Specification.isExtension(entry.key()))
                                        .map(entry -> Trees.withValue(entry, sorted(entry.value())))
                                        .toList(),
                                mapping.location()),
                        KeyOrder.NATURAL)
                .entries();
    }

    /** A tree whose keys are the person's: all of them in order. */
    static YamlNode sorted(YamlNode node) {
        return switch (node) {
            case Mapping mapping ->
                sorted(Trees.each(mapping, entry -> Trees.withValue(entry, sorted(entry.value()))), KeyOrder.NATURAL);
            case Sequence sequence -> Trees.eachItem(sequence, Rendering::sorted);
            case Scalar scalar -> scalar;
        };
    }

    private Mapping fields(Mapping mapping, KeyTable keys) {
        List<Entry> entries = new ArrayList<>();
        for (Known key : keys.byName().values()) {
            String name = json ? key.jsonName() : key.name();
            if (!name.isEmpty()) {
                value(mapping.value(key.name()), key).ifPresent(value -> entries.add(Trees.entry(name, value)));
            }
        }
        if (!json && keys.keepsExtensions()) {
            entries.addAll(extensions(mapping));
        }
        return new Mapping(entries, mapping.location());
    }

    private Optional<YamlNode> value(Optional<YamlNode> node, Known key) {
        if (node.isPresent()) {
            YamlNode value = value(node.get(), key.form());
            boolean embedded = key.presence() == Presence.ALWAYS_IN_JSON && key.form() instanceof Form.Fields;
            return !json && embedded && Binding.isZero(value) ? Optional.empty() : Optional.of(value);
        }
        return switch (key.presence()) {
            case UNLESS_ZERO, IF_WRITTEN -> Optional.empty();
            case ALWAYS_IN_JSON -> json ? Optional.of(zero(key.form())) : Optional.empty();
            case ALWAYS -> Optional.of(zero(key.form()));
        };
    }

    private YamlNode zero(Form form) {
        return switch (form) {
            case Form.Fields fields -> fields(new Mapping(List.of(), NOWHERE), fields.keys());
            case Form.Named named -> new Mapping(List.of(), NOWHERE);
            case Single single ->
                switch (single) {
                    case TEXT, DURATION, MODE -> Scalar.string("", NOWHERE);
                    case BYTES -> Scalar.string("0", NOWHERE);
                    case TRUTH -> Trees.truth(false, NOWHERE);
                    case WHOLE, UNSIGNED, FRACTION, COUNT -> Trees.number("0", NOWHERE);
                };
            default -> Trees.nothing(NOWHERE);
        };
    }

    private YamlNode value(YamlNode node, Form form) {
        return switch (form) {
            case Form.Fields fields when node instanceof Mapping mapping -> fields(mapping, fields.keys());
            case Form.Named named when node instanceof Mapping mapping -> named(mapping, named);
            case Form.Items items when node instanceof Sequence sequence -> items(sequence, items);
            case Form.Pairs pairs when node instanceof Mapping mapping -> sorted(mapping);
            case Special special when special == Special.LIMIT && node instanceof Mapping mapping -> limits(mapping);
            case Special special
            when special == Special.LIMIT && Binding.isZero(node) -> limits(new Mapping(List.of(), node.location()));
            case Special special when special == Special.SSH && node instanceof Mapping mapping -> keys(mapping);
            default -> node;
        };
    }

    private Mapping named(Mapping mapping, Form.Named named) {
        return Trees.each(sorted(mapping), entry -> Trees.withValue(entry, value(entry.value(), named.value())));
    }

    private Mapping sorted(Mapping mapping) {
        return sorted(mapping, json ? Comparator.naturalOrder() : KeyOrder.NATURAL);
    }

    private static Mapping sorted(Mapping mapping, Comparator<String> order) {
        // The start-up cache does not keep lambdas that can be serialised, as Comparator.comparing has them.
        return new Mapping(
                mapping.entries().stream()
                        .sorted((left, right) -> order.compare(left.key(), right.key()))
                        .toList(),
                mapping.location());
    }

    private YamlNode items(Sequence sequence, Form.Items items) {
        boolean variableFiles = items.item() instanceof Form.Fields fields
                && fields.keys().key("format").isPresent();
        return Trees.eachItem(
                sequence,
                item -> variableFiles && item instanceof Mapping file && isRequired(file)
                        ? Scalar.string(Trees.text(file, "path").orElse(""), file.location())
                        : value(item, items.item()));
    }

    private static boolean isRequired(Mapping file) {
        return Trees.text(file, "required").orElse("").equals("true");
    }

    private Mapping limits(Mapping mapping) {
        List<Entry> entries = new ArrayList<>();
        for (String key : List.of("soft", "hard")) {
            YamlNode limit = mapping.value(key).orElse(Trees.number("0", mapping.location()));
            if (!json || !Binding.isZero(limit)) {
                entries.add(Trees.entry(key, limit));
            }
        }
        return new Mapping(entries, mapping.location());
    }

    private Sequence keys(Mapping mapping) {
        List<YamlNode> keys = new ArrayList<>();
        for (Entry entry : sorted(mapping).entries()) {
            String path = Trees.text(entry.value());
            keys.add(Scalar.string(path.isEmpty() ? entry.key() : entry.key() + ": " + path, entry.keyLocation()));
        }
        return new Sequence(keys, mapping.location());
    }
}
