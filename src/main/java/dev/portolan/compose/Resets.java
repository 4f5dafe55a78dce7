package dev.portolan.compose;

import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The tags {@code !reset} and {@code !override} of one document: what other files say at their places does not count. A value
 * with {@code !reset} does not count itself either.
 */
final class Resets {
    private static final String RESET = "!reset";
    private static final String OVERRIDE = "!override";

    private final Set<KeyPath> paths = new HashSet<>();
    private final YamlNode document;

    private Resets(YamlNode root) {
        this.document = node(root, KeyPath.ROOT);
    }

    static Resets of(YamlNode root) {
        return new Resets(root);
    }

    /** The document without the tags, and without what they take away. */
    YamlNode document() {
        return document;
    }

    /** The files before, or what a service extends, without what the document takes away from it. */
    Mapping applyTo(Mapping before) {
        return paths.isEmpty() ? before : applied(before, KeyPath.ROOT);
    }

    private Mapping applied(Mapping mapping, KeyPath path) {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : mapping.entries()) {
            KeyPath entryPath = path.child(entry.key());
            if (!paths.contains(entryPath)) {
                entries.add(
                        entry.value() instanceof Mapping inner
                                ? Trees.withValue(entry, applied(inner, entryPath))
                                : entry);
            }
        }
        return new Mapping(entries, mapping.tag(), mapping.location());
    }

    private YamlNode node(YamlNode node, KeyPath path) {
        if (node.tag().equals(OVERRIDE)) {
            paths.add(path);
            return withoutTag(node);
        }
        return switch (node) {
            case Scalar scalar -> withoutTag(scalar);
            case Sequence sequence -> {
                List<YamlNode> items = new ArrayList<>();
                for (YamlNode item : sequence.items()) {
                    if (!item.tag().equals(RESET)) {
                        items.add(node(item, path.child(items.size())));
                    }
                }
                yield new Sequence(items, sequence.location());
            }
            case Mapping mapping -> {
                List<Entry> entries = new ArrayList<>();
                for (Entry entry : mapping.entries()) {
                    KeyPath entryPath = path.child(entry.key());
                    if (entry.value().tag().equals(RESET)) {
                        paths.add(entryPath);
                    } else {
                        entries.add(Trees.withValue(entry, node(entry.value(), entryPath)));
                    }
                }
                yield new Mapping(entries, mapping.location());
            }
        };
    }

    private static YamlNode withoutTag(YamlNode node) {
        return switch (node) {
            case Scalar scalar ->
                scalar.tag().isEmpty() ? scalar : new Scalar(scalar.text(), scalar.quoted(), "", scalar.location());
            case Sequence sequence ->
                new Sequence(sequence.items().stream().map(Resets::withoutTag).toList(), sequence.location());
            case Mapping mapping ->
                new Mapping(
                        Trees.each(mapping, entry -> Trees.withValue(entry, withoutTag(entry.value())))
                                .entries(),
                        mapping.location());
        };
    }
}
