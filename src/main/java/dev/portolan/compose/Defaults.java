package dev.portolan.compose;

import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Keys that a long syntax may leave out, and that have a value then. */
final class Defaults {
    private static final PathRules<UnaryOperator<Mapping>> RULES = rules();

    private Defaults() {}

    static Mapping of(Mapping root) {
        return (Mapping) node(root, RULES);
    }

    private static YamlNode node(YamlNode node, PathRules<UnaryOperator<Mapping>> rules) {
        if (rules.isEmpty()) {
            return node;
        }
        return switch (node) {
            case Mapping mapping -> {
                if (rules.rule().isPresent()) {
                    yield rules.rule().get().apply(mapping);
                }
                yield Trees.each(
                        mapping, entry -> Trees.withValue(entry, node(entry.value(), rules.below(entry.key()))));
            }
            case Sequence sequence -> Trees.eachItem(sequence, item -> node(item, rules.below(PathRules.ITEM)));
            case Scalar scalar -> scalar;
        };
    }

    private static Mapping withText(Mapping mapping, String key, String text) {
        return mapping.entry(key).isPresent()
                ? mapping
                : Trees.with(mapping, Trees.entry(key, Scalar.string(text, mapping.location())));
    }

    private static Mapping port(Mapping port) {
        return withText(withText(port, "protocol", "tcp"), "mode", "ingress");
    }

    private static Mapping secret(Mapping secret) {
        return withText(
                secret, "target", "/run/secrets/" + Trees.text(secret, "source").orElse(""));
    }

    private static Mapping device(Mapping device) {
        return device.entry("device_ids").isPresent() ? device : withText(device, "count", "all");
    }

    private static PathRules<UnaryOperator<Mapping>> rules() {
        Map<String, UnaryOperator<Mapping>> rules = new LinkedHashMap<>();
        rules.put("services/*/build", build -> withText(build, "context", "."));
        rules.put("services/*/secrets/*", Defaults::secret);
        rules.put("services/*/ports/*", Defaults::port);
        rules.put("services/*/deploy/resources/reservations/devices/*", Defaults::device);
        rules.put("services/*/gpus/*", Defaults::device);
        return PathRules.of(rules);
    }
}
