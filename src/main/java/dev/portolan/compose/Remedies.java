package dev.portolan.compose;

import dev.portolan.yaml.ScalarValue;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What to write in the place of a value of the wrong kind, as near as can be to what was meant. */
final class Remedies {
    private static final Set<String> DURATIONS = Set.of(
            "interval", "timeout", "start_period", "start_interval", "stop_grace_period", "delay", "monitor", "window");
    private static final Set<String> PAIRS =
            Set.of("environment", "labels", "args", "annotations", "sysctls", "additional_contexts");

    private Remedies() {}

    static String of(YamlNode node, Shape shape, KeyPath path) {
        List<String> keys = path.parts();
        String key = keys.isEmpty() ? "" : path.last();
        return switch (node) {
            case Scalar scalar -> ofScalar(scalar, shape, keys, key);
            case Sequence list
            when keys.size() == 1 -> "write its names below it, each with a colon and without a dash";
            case Mapping mapping
            when keys.size() > 1 && PAIRS.contains(keys.get(keys.size() - 2)) ->
                pair(mapping).orElse("write " + shape.expected());
            default -> "write " + shape.expected();
        };
    }

    private static String ofScalar(Scalar scalar, Shape shape, List<String> keys, String key) {
        String text = scalar.value().text();
        boolean number = scalar.value() instanceof ScalarValue.Whole || scalar.value() instanceof ScalarValue.Fraction;
        if (number && DURATIONS.contains(key)) {
            return "write it with its unit, such as " + text + "s";
        }
        if (key.equals("gpus") && number) {
            return "write all, or - count: " + text;
        }
        if (Trees.isText(scalar) && keys.size() == 2 && keys.getFirst().equals("services")) {
            return "write image: " + text + " below it";
        }
        if (Trees.isText(scalar) && PAIRS.contains(key) && text.indexOf('=') > 0) {
            return "write " + text.substring(0, text.indexOf('=')) + ": ..., with a colon and a blank";
        }
        boolean quotesHelp = KeyCheck.fits(Scalar.string("", scalar.location()), shape) && !scalar.isNull();
        if (quotesHelp) {
            return "put it in quotes";
        }
        boolean listHelps =
                KeyCheck.fits(new Sequence(List.of(), scalar.location()), shape) && shape instanceof Shape.Items;
        return listHelps && !scalar.isNull() ? "write a list: - " + text : "write " + shape.expected();
    }

    /** A mapping in a list, as in {@code - KEY: value}. */
    private static Optional<String> pair(Mapping mapping) {
        if (mapping.entries().size() != 1 || !(mapping.entries().getFirst().value() instanceof Scalar)) {
            return Optional.empty();
        }
        Entry entry = mapping.entries().getFirst();
        return Optional.of("write " + entry.key() + "=..., or leave out the dashes");
    }
}
