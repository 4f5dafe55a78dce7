package dev.portolan.compose;

import dev.portolan.model.SourceLocation;
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

/**
 * Turns the short syntaxes of files into the long ones. What has the wrong kind is left alone: {@link KeyCheck} has said so.
 * Pairs such as {@code environment} stay as they are written until the end, so that a later file can add to them.
 */
final class LongForms {

    /** What a value at a path turns into. */
    private interface Change {
        YamlNode of(YamlNode node, KeyPath path, LongForms forms);
    }

    private static final PathRules<Change> CHANGES = changes();

    private final Problems problems;
    private final ShortSyntax syntax;
    private final boolean filledIn;

    private LongForms(Problems problems, boolean filledIn) {
        this.problems = problems;
        this.filledIn = filledIn;
        this.syntax = new ShortSyntax(problems, filledIn);
    }

    /** @param filledIn whether variables were filled in; otherwise what cannot be read yet stays as it is */
    static Mapping of(Mapping root, boolean filledIn, Problems problems) {
        return (Mapping) new LongForms(problems, filledIn).node(root, KeyPath.ROOT, CHANGES);
    }

    /** What is inside of a value is changed before the value itself. */
    private YamlNode node(YamlNode node, KeyPath path, PathRules<Change> changes) {
        if (changes.isEmpty()) {
            return node;
        }
        YamlNode inner = switch (node) {
            case Mapping mapping ->
                Trees.each(
                        mapping,
                        entry -> Trees.withValue(
                                entry, node(entry.value(), path.child(entry.key()), changes.below(entry.key()))));
            case Sequence sequence -> {
                List<YamlNode> items = new ArrayList<>();
                PathRules<Change> below = changes.below(PathRules.ITEM);
                for (int index = 0; index < sequence.items().size(); index++) {
                    items.add(node(sequence.items().get(index), path.child(index), below));
                }
                yield new Sequence(items, sequence.location());
            }
            case Scalar scalar -> scalar;
        };
        return changes.rule().map(change -> change.of(inner, path, this)).orElse(inner);
    }

    /** A string in the place of a mapping with one key. */
    private static Change named(String key) {
        return (node, path, forms) ->
                Trees.isText(node) ? Trees.mapping(node.location(), Trees.entry(key, node)) : node;
    }

    /** A string in the place of a list with one item. */
    private static YamlNode list(YamlNode node, KeyPath path, LongForms forms) {
        return Trees.isText(node) ? new Sequence(List.of(node), node.location()) : node;
    }

    private static YamlNode withoutEmpty(YamlNode node, KeyPath path, LongForms forms) {
        return list(node, path, forms) instanceof Sequence sequence
                ? new Sequence(
                        sequence.items().stream()
                                .filter(item -> !(item instanceof Scalar)
                                        || !Trees.text(item).isEmpty())
                                .toList(),
                        sequence.location())
                : node;
    }

    /** A boolean in the place of a string. */
    private static YamlNode text(YamlNode node, KeyPath path, LongForms forms) {
        return node instanceof Scalar scalar && !Trees.isText(node)
                ? Scalar.string(scalar.isNull() ? "<nil>" : scalar.value().text(), node.location())
                : node;
    }

    private static YamlNode names(YamlNode node, KeyPath path, LongForms forms) {
        return keyed(node, Trees::nothing);
    }

    private static YamlNode dependencies(YamlNode node, KeyPath path, LongForms forms) {
        if (node instanceof Mapping mapping) {
            return Trees.each(
                    mapping,
                    entry -> entry.value() instanceof Mapping dependency
                            ? Trees.withValue(entry, completed(dependency, entry.keyLocation()))
                            : entry);
        }
        return keyed(node, at -> completed(new Mapping(List.of(), at), at));
    }

    private static Mapping completed(Mapping dependency, SourceLocation location) {
        List<Entry> missing = new ArrayList<>();
        if (dependency.entry("condition").isEmpty()) {
            missing.add(new Entry("condition", location, Scalar.string("service_started", location)));
        }
        if (dependency.entry("required").isEmpty()) {
            missing.add(new Entry("required", location, Trees.truth(true, location)));
        }
        return Trees.with(dependency, missing.toArray(Entry[]::new));
    }

    private interface ValueAt {
        YamlNode at(SourceLocation location);
    }

    private static YamlNode keyed(YamlNode node, ValueAt value) {
        if (!(node instanceof Sequence sequence) || !sequence.items().stream().allMatch(Trees::isText)) {
            return node;
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (YamlNode item : sequence.items()) {
            entries.put(Trees.text(item), new Entry(Trees.text(item), item.location(), value.at(item.location())));
        }
        return new Mapping(List.copyOf(entries.values()), sequence.location());
    }

    private static YamlNode variablesFiles(YamlNode node, KeyPath path, LongForms forms) {
        return list(node, path, forms) instanceof Sequence sequence
                ? Trees.eachItem(sequence, item -> {
                    YamlNode file =
                            Trees.isText(item) ? Trees.mapping(item.location(), Trees.entry("path", item)) : item;
                    return file instanceof Mapping mapping
                                    && mapping.entry("required").isEmpty()
                            ? Trees.with(mapping, Trees.entry("required", Trees.truth(true, item.location())))
                            : file;
                })
                : node;
    }

    private static YamlNode allGpus(YamlNode node, KeyPath path, LongForms forms) {
        return Trees.isText(node)
                ? new Sequence(List.of(Trees.mapping(node.location(), Trees.entry("count", node))), node.location())
                : node;
    }

    private static YamlNode contexts(YamlNode node, KeyPath path, LongForms forms) {
        if (!(node instanceof Sequence sequence)) {
            return node;
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (YamlNode item : sequence.items()) {
            String text = Trees.text(item);
            int equals = text.indexOf('=');
            if (equals < 0) {
                forms.syntax.unreadable(
                        item.location(),
                        path,
                        new InvalidValue("\"" + text + "\" has no equals sign", "write name=context"));
                return node;
            }
            entries.put(
                    text.substring(0, equals),
                    Trees.entry(text.substring(0, equals), Scalar.string(text.substring(equals + 1), item.location())));
        }
        return new Mapping(List.copyOf(entries.values()), sequence.location());
    }

    private static YamlNode keys(YamlNode node, KeyPath path, LongForms forms) {
        if (!(node instanceof Sequence sequence)) {
            return node;
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (YamlNode item : sequence.items()) {
            String text = Trees.text(item);
            int equals = text.indexOf('=');
            String id = equals < 0 ? text : text.substring(0, equals);
            if (equals < 0 && !id.equals("default")) {
                forms.problems.error(
                        item.location(), path, "\"" + text + "\" is no key of SSH", "write default, or name=path");
            }
            YamlNode value = equals < 0
                    ? Trees.nothing(item.location())
                    : Scalar.string(text.substring(equals + 1), item.location());
            entries.put(id, new Entry(id, item.location(), value));
        }
        return new Mapping(List.copyOf(entries.values()), sequence.location());
    }

    /** {@code external: {name: x}} of old files becomes {@code external: true} and {@code name: x}. */
    private static YamlNode external(YamlNode node, KeyPath path, LongForms forms) {
        if (!(node instanceof Mapping resource)) {
            return node;
        }
        Optional<Entry> entry = resource.entry("external");
        if (entry.isEmpty() || !(entry.get().value() instanceof Mapping external)) {
            return node;
        }
        Mapping marked = Trees.with(resource, Trees.withValue(entry.get(), Trees.truth(true, external.location())));
        Optional<Entry> name = external.entry("name");
        if (name.isEmpty()) {
            return marked;
        }
        KeyPath namePath = path.child("external").child("name");
        forms.problems.warning(
                name.get().keyLocation(), namePath, "obsolete", "write external: true, and name beside it");
        Optional<YamlNode> own = resource.value("name");
        if (own.isEmpty()) {
            return Trees.with(marked, name.get());
        }
        if (!Trees.content(own.get()).equals(Trees.content(name.get().value()))) {
            forms.problems.error(
                    name.get().keyLocation(), namePath, "conflicts with the name beside external", "keep only name");
        }
        return marked;
    }

    /** Docker Compose wants a whole number here, even where a variable will give it. */
    private static YamlNode limit(YamlNode node, KeyPath path, LongForms forms) {
        if (node instanceof Scalar scalar && scalar.value() instanceof ScalarValue.Fraction) {
            forms.problems.error(
                    node.location(), path, "\"" + scalar.text() + "\" is no whole number", "write for example 1024");
        } else if (!forms.filledIn && node instanceof Scalar && !Trees.isWhole(node)) {
            forms.problems.error(
                    node.location(),
                    path,
                    "a limit that is not filled in must be a number, not " + node.kind(),
                    "fill variables in, or write the number");
        }
        return node;
    }

    private static PathRules<Change> changes() {
        Map<String, Change> changes = new LinkedHashMap<>();
        Map<String, Change> ofService = new LinkedHashMap<>();
        ofService.put("build", named("context"));
        ofService.put("build/secrets/[]", named("source"));
        ofService.put("build/provenance", LongForms::text);
        ofService.put("build/sbom", LongForms::text);
        ofService.put("build/additional_contexts", LongForms::contexts);
        ofService.put("build/ssh", LongForms::keys);
        ofService.put("ulimits/*", LongForms::limit);
        ofService.put("build/ulimits/*", LongForms::limit);
        ofService.put("depends_on", LongForms::dependencies);
        ofService.put("env_file", LongForms::variablesFiles);
        ofService.put("label_file", LongForms::list);
        ofService.put("extends", named("service"));
        ofService.put("gpus", LongForms::allGpus);
        ofService.put("networks", LongForms::names);
        ofService.put("models", LongForms::names);
        ofService.put("dns", LongForms::withoutEmpty);
        ofService.put("secrets/[]", named("source"));
        ofService.put("configs/[]", named("source"));
        ofService.put("ports", (node, path, forms) -> forms.syntax.ports(node, path));
        ofService.put("volumes", (node, path, forms) -> forms.syntax.volumes(node, path));
        ofService.put("devices", (node, path, forms) -> forms.syntax.devices(node, path));
        ofService.put("develop/watch/[]/ignore", LongForms::list);
        ofService.put("develop/watch/[]/include", LongForms::list);
        ofService.forEach((key, change) -> changes.put("services/*/" + key, change));
        for (String resources : List.of("volumes", "networks", "secrets", "configs")) {
            changes.put(resources + "/*", LongForms::external);
        }
        return PathRules.of(changes);
    }
}
