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
import java.util.function.BiFunction;

/**
 * Turns every short syntax of a file into the long one, so that files can be merged and read in one form. What has the wrong
 * kind is left alone: {@link KeyCheck} has said so. Tags such as {@code !override} stay where they are.
 */
final class Canonical {
    private final Problems problems;

    private Canonical(Problems problems) {
        this.problems = problems;
    }

    static Mapping file(Mapping root, Problems problems) {
        Canonical canonical = new Canonical(problems);
        return canonical.each(
                root,
                KeyPath.ROOT,
                Map.of(
                        "services", canonical.entries(canonical::service),
                        "networks", canonical.entries(canonical::resource),
                        "volumes", canonical.entries(canonical::resource),
                        "configs", canonical.entries(canonical::resource),
                        "secrets", canonical.entries(canonical::resource)));
    }

    /** What a value at a path turns into. */
    private interface Change extends BiFunction<YamlNode, KeyPath, YamlNode> {}

    private Mapping each(Mapping mapping, KeyPath path, Map<String, Change> changes) {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : mapping.entries()) {
            Change change = changes.get(entry.key());
            entries.add(
                    change == null
                            ? entry
                            : Trees.withValue(entry, change.apply(entry.value(), path.child(entry.key()))));
        }
        return new Mapping(entries, mapping.tag(), mapping.location());
    }

    private Change entries(Change change) {
        return (node, path) -> {
            if (!(node instanceof Mapping mapping)) {
                return node;
            }
            List<Entry> entries = new ArrayList<>();
            for (Entry entry : mapping.entries()) {
                entries.add(Trees.withValue(entry, change.apply(entry.value(), path.child(entry.key()))));
            }
            return new Mapping(entries, mapping.tag(), mapping.location());
        };
    }

    private YamlNode service(YamlNode node, KeyPath path) {
        if (!(node instanceof Mapping service)) {
            return node;
        }
        ShortSyntax syntax = new ShortSyntax(problems);
        Map<String, Change> changes = new LinkedHashMap<>();
        for (String key : List.of("environment", "labels", "annotations", "sysctls")) {
            changes.put(key, Canonical::pairs);
        }
        for (String key : List.of("dns", "dns_search", "tmpfs", "label_file")) {
            changes.put(key, Canonical::list);
        }
        changes.put("build", this::build);
        changes.put("deploy", (deploy, at) -> section(deploy, at, Map.of("labels", Canonical::pairs)));
        changes.put("depends_on", Canonical::dependencies);
        changes.put("networks", Canonical::names);
        changes.put("env_file", (files, at) -> items(list(files, at), item -> named(item, "path")));
        changes.put("configs", (mounts, at) -> items(mounts, item -> named(item, "source")));
        changes.put("secrets", (mounts, at) -> items(mounts, item -> named(item, "source")));
        changes.put("extra_hosts", Canonical::hosts);
        changes.put("ports", syntax::ports);
        changes.put("volumes", syntax::volumes);
        changes.put("devices", syntax::devices);
        return each(service, path, changes);
    }

    private YamlNode section(YamlNode node, KeyPath path, Map<String, Change> changes) {
        return node instanceof Mapping mapping ? each(mapping, path, changes) : node;
    }

    private YamlNode build(YamlNode node, KeyPath path) {
        if (node instanceof Scalar scalar && !scalar.isNull()) {
            return named(scalar, "context");
        }
        return section(
                node,
                path,
                Map.of(
                        "args", Canonical::pairs,
                        "labels", Canonical::pairs,
                        "additional_contexts", Canonical::pairs,
                        "extra_hosts", Canonical::hosts));
    }

    /** {@code external: {name: x}} of old files becomes {@code external: true} and {@code name: x}. */
    private YamlNode resource(YamlNode node, KeyPath path) {
        if (!(node instanceof Mapping resource)) {
            return node;
        }
        Mapping labelled = each(resource, path, Map.of("labels", Canonical::pairs));
        if (!(labelled.value("external").orElse(labelled) instanceof Mapping external)
                || labelled.entry("external").isEmpty()) {
            return labelled;
        }
        Entry entry = labelled.entry("external").get();
        List<Entry> added = new ArrayList<>();
        added.add(Trees.withValue(entry, new Scalar("true", false, "", external.location())));
        external.entry("name").ifPresent(name -> {
            problems.warning(
                    name.keyLocation(),
                    path.child("external").child("name"),
                    "obsolete",
                    "write external: true, and name beside it");
            boolean conflict = labelled.value("name")
                    .map(own -> !Trees.text(own).equals(Trees.text(name.value())))
                    .orElse(false);
            if (conflict) {
                problems.error(
                        name.keyLocation(),
                        path.child("external").child("name"),
                        "conflicts with the name beside external",
                        "keep only name");
            } else {
                added.add(name);
            }
        });
        return Trees.with(labelled, added);
    }

    private interface ItemChange {
        YamlNode apply(YamlNode item);
    }

    private static YamlNode items(YamlNode node, ItemChange change) {
        return node instanceof Sequence sequence
                ? new Sequence(
                        sequence.items().stream().map(change::apply).toList(), sequence.tag(), sequence.location())
                : node;
    }

    /** A string in place of a mapping with one key. */
    private static YamlNode named(YamlNode node, String key) {
        return node instanceof Scalar scalar && !scalar.isNull()
                ? new Mapping(
                        List.of(new Entry(key, scalar.location(), withoutTag(scalar))), scalar.tag(), scalar.location())
                : node;
    }

    private static Scalar withoutTag(Scalar scalar) {
        return new Scalar(scalar.text(), scalar.quoted(), "", scalar.location());
    }

    /** A string in place of a list with one item. */
    private static YamlNode list(YamlNode node, KeyPath path) {
        return node instanceof Scalar scalar && scalar.value() instanceof ScalarValue.Text
                ? new Sequence(List.of(withoutTag(scalar)), scalar.tag(), scalar.location())
                : node;
    }

    /** {@code [A=1, B]} becomes {@code {A: 1, B: }}. */
    private static YamlNode pairs(YamlNode node, KeyPath path) {
        if (!(node instanceof Sequence sequence)) {
            return node;
        }
        Map<String, Entry> pairs = new LinkedHashMap<>();
        for (YamlNode item : sequence.items()) {
            String text = Trees.text(item);
            int equals = text.indexOf('=');
            String key = equals < 0 ? text : text.substring(0, equals);
            YamlNode value = equals < 0
                    ? new Scalar("", false, item.tag(), item.location())
                    : new Scalar(text.substring(equals + 1), true, item.tag(), item.location());
            pairs.put(key, new Entry(key, item.location(), value));
        }
        return new Mapping(List.copyOf(pairs.values()), sequence.tag(), sequence.location());
    }

    /** {@code {name: address}} becomes {@code [name=address]}. */
    private static YamlNode hosts(YamlNode node, KeyPath path) {
        if (!(node instanceof Mapping mapping)) {
            return node;
        }
        List<YamlNode> lines = new ArrayList<>();
        for (Entry entry : mapping.entries()) {
            List<YamlNode> addresses =
                    entry.value() instanceof Sequence sequence ? sequence.items() : List.of(entry.value());
            addresses.forEach(address -> lines.add(Scalar.string(
                    entry.key() + "=" + Trees.text(address), entry.value().location())));
        }
        return new Sequence(lines, mapping.tag(), mapping.location());
    }

    private static YamlNode names(YamlNode node, KeyPath path) {
        return keyed(node, location -> new Scalar("", false, "", location));
    }

    private static YamlNode dependencies(YamlNode node, KeyPath path) {
        return keyed(
                node,
                location -> new Mapping(
                        List.of(
                                new Entry("condition", location, Scalar.string("service_started", location)),
                                new Entry("required", location, new Scalar("true", false, "", location))),
                        location));
    }

    private interface ValueAt {
        YamlNode at(SourceLocation location);
    }

    private static YamlNode keyed(YamlNode node, ValueAt value) {
        if (!(node instanceof Sequence sequence)) {
            return node;
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (YamlNode item : sequence.items()) {
            String key = Trees.text(item);
            entries.put(key, new Entry(key, item.location(), value.at(item.location())));
        }
        return new Mapping(List.copyOf(entries.values()), sequence.tag(), sequence.location());
    }
}
