package dev.portolan.compose;

import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of the chapter "Merge" on unique resources: in some lists an item takes the place of the one before it with the same
 * key, such as the target of a mount.
 */
final class Unique {

    /** The key of an item; empty when it has none that can be told. */
    interface Key {
        Optional<String> of(YamlNode item, KeyPath path, Problems problems);
    }

    /** The lists, each with the key of its items. */
    static final PathRules<Key> KEYS = keys();

    private final Problems problems;

    private Unique(Problems problems) {
        this.problems = problems;
    }

    static Mapping of(Mapping root, Problems problems) {
        return (Mapping) new Unique(problems).node(root, KeyPath.ROOT, KEYS);
    }

    private YamlNode node(YamlNode node, KeyPath path, PathRules<Key> keys) {
        if (keys.isEmpty()) {
            return node;
        }
        if (node instanceof Mapping mapping) {
            return Trees.each(
                    mapping,
                    entry -> Trees.withValue(
                            entry, node(entry.value(), path.child(entry.key()), keys.below(entry.key()))));
        }
        return node instanceof Sequence sequence && keys.rule().isPresent()
                ? distinct(sequence, path, keys.rule().get())
                : node;
    }

    private Sequence distinct(Sequence sequence, KeyPath path, Key key) {
        List<YamlNode> items = new ArrayList<>();
        Map<String, Integer> positions = new HashMap<>();
        for (YamlNode item : sequence.items()) {
            Optional<String> found = key.of(item, path.child(items.size()), problems);
            Integer before = found.map(positions::get).orElse(null);
            if (before == null) {
                found.ifPresent(name -> positions.put(name, items.size()));
                items.add(item);
            } else {
                items.set(before, item);
            }
        }
        return items.size() == sequence.items().size() ? sequence : new Sequence(items, sequence.location());
    }

    private static Optional<String> name(YamlNode item, KeyPath path, Problems problems) {
        String text = Trees.text(item);
        int equals = text.indexOf('=');
        return Trees.isText(item) ? Optional.of(equals < 0 ? text : text.substring(0, equals)) : Optional.empty();
    }

    private static Optional<String> exposed(YamlNode item, KeyPath path, Problems problems) {
        return item instanceof Scalar ? Optional.of(Trees.text(item)) : Optional.empty();
    }

    private static Optional<String> mounted(YamlNode item, KeyPath path, Problems problems) {
        if (item instanceof Mapping mapping) {
            return target(mapping, path, problems);
        }
        try {
            return Trees.isText(item)
                    ? Optional.of(VolumeSyntax.parse(Trees.text(item)).target())
                    : Optional.empty();
        } catch (InvalidValue invalid) {
            problems.error(item.location(), path, invalid);
            return Optional.empty();
        }
    }

    private static Optional<String> device(YamlNode item, KeyPath path, Problems problems) {
        if (item instanceof Mapping mapping) {
            return target(mapping, path, problems);
        }
        String[] parts = Trees.text(item).split(":", -1);
        return Trees.isText(item) ? Optional.of(parts[parts.length == 1 ? 0 : 1]) : Optional.empty();
    }

    private static Optional<String> target(Mapping mapping, KeyPath path, Problems problems) {
        Optional<String> target = mapping.value("target").filter(Trees::isText).map(Trees::text);
        if (mapping.value("target").isEmpty()) {
            problems.error(mapping.location(), path, "the target is missing", "add target: with a path");
        }
        return target;
    }

    private static Key fileMount(String folder) {
        return (item, path, problems) -> switch (item) {
            case Mapping mapping ->
                mapping.value("target")
                        .map(Trees::text)
                        .or(() -> Optional.of(
                                folder + "/" + Trees.text(mapping, "source").orElse("")));
            case Scalar scalar -> Optional.of(folder + "/" + Trees.text(scalar));
            case Sequence sequence -> Optional.empty();
        };
    }

    private static Optional<String> port(YamlNode item, KeyPath path, Problems problems) {
        if (!(item instanceof Mapping mapping)) {
            return item instanceof Scalar ? Optional.of(Trees.text(item)) : Optional.empty();
        }
        if (mapping.value("target").isEmpty()) {
            problems.error(mapping.location(), path, "the target is missing", "add target: 80");
        }
        // Docker Compose tells 8080 and "8080" apart here, too.
        String published = mapping.value("published")
                .map(node -> (Trees.isText(node) ? "" : "number ") + Trees.text(node))
                .orElse("none");
        return Optional.of(mapping.value("host_ip").map(Trees::text).orElse("0.0.0.0")
                + ":" + published
                + ":" + mapping.value("target").map(Trees::text).orElse("")
                + "/" + mapping.value("protocol").map(Trees::text).orElse("tcp"));
    }

    private static Optional<String> variablesFile(YamlNode item, KeyPath path, Problems problems) {
        return item instanceof Mapping mapping
                ? Trees.text(mapping, "path")
                : Optional.of(Trees.text(item)).filter(text -> Trees.isText(item));
    }

    private static PathRules<Key> keys() {
        Map<String, Key> keys = new LinkedHashMap<>();
        for (String key : List.of(
                "annotations",
                "build/args",
                "build/additional_contexts",
                "build/tags",
                "build/labels",
                "cap_add",
                "cap_drop",
                "deploy/labels",
                "dns",
                "dns_opt",
                "dns_search",
                "environment",
                "labels",
                "links",
                "networks/*/aliases",
                "networks/*/link_local_ips",
                "profiles",
                "sysctls",
                "tmpfs")) {
            keys.put("services/*/" + key, Unique::name);
        }
        keys.put("networks/*/labels", Unique::name);
        keys.put("networks/*/ipam/options", Unique::name);
        keys.put("services/*/expose", Unique::exposed);
        keys.put("services/*/volumes", Unique::mounted);
        keys.put("services/*/devices", Unique::device);
        keys.put("services/*/configs", fileMount(""));
        keys.put("services/*/secrets", fileMount("/run/secrets"));
        keys.put("services/*/ports", Unique::port);
        keys.put("services/*/env_file", Unique::variablesFile);
        return PathRules.of(keys);
    }
}
