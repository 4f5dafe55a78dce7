package dev.portolan.compose;

import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.ScalarValue;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A mapping of a typed project. What Docker Compose reads and Portolan cannot do anything with, such as a port above 65535,
 * becomes a problem here.
 */
record Section(Mapping mapping, KeyPath path, Problems problems) {

    SourceLocation location() {
        return mapping.location();
    }

    /** Where a key is; where the section is, when the key is not there. */
    SourceLocation location(String key) {
        return mapping.entry(key).map(Entry::keyLocation).orElse(mapping.location());
    }

    boolean has(String key) {
        return mapping.value(key).filter(value -> !value.isNothing()).isPresent();
    }

    Optional<String> text(String key) {
        return scalar(key).map(scalar -> scalar.value().text());
    }

    String text(String key, String otherwise) {
        return text(key).orElse(otherwise);
    }

    boolean truth(String key, boolean otherwise) {
        return text(key).map(Boolean::parseBoolean).orElse(otherwise);
    }

    /** A whole number within bounds, or a string that stands for one. */
    OptionalLong whole(String key, long lowest, long highest) {
        Optional<Scalar> scalar = scalar(key);
        if (scalar.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            long value = Long.parseLong(scalar.get().value().text());
            if (value >= lowest && value <= highest) {
                return OptionalLong.of(value);
            }
        } catch (NumberFormatException notWhole) {
            // said below
        }
        String bounds =
                highest == Long.MAX_VALUE ? " from " + lowest + " upwards" : " from " + lowest + " to " + highest;
        problems.error(
                scalar.get().location(),
                path.child(key),
                "\"" + scalar.get().value().text() + "\" is no whole number" + (lowest == Long.MIN_VALUE ? "" : bounds),
                "write one, such as " + Math.max(1, lowest));
        return OptionalLong.empty();
    }

    /** A number from 0 upwards, or a string that stands for one. */
    Optional<Double> fraction(String key) {
        return parsed(key, text -> {
            try {
                double value = Double.parseDouble(text);
                if (value >= 0 && !Double.isInfinite(value)) {
                    return value;
                }
            } catch (NumberFormatException notANumber) {
                // said below
            }
            throw new InvalidValue("\"" + text + "\" is no number from 0 upwards", "write one, such as 0.5");
        });
    }

    Optional<Duration> duration(String key) {
        return parsed(key, Durations::parse);
    }

    /** A size in bytes, negative for none that counts; 0 when it is not there. */
    long bytes(String key) {
        return parsed(key, text -> {
                    try {
                        return Long.parseLong(text);
                    } catch (NumberFormatException withUnit) {
                        return ByteSizes.parse(text);
                    }
                })
                .orElse(0L);
    }

    interface Parser<T> {
        T parse(String text) throws InvalidValue;
    }

    <T> Optional<T> parsed(String key, Parser<T> parser) {
        Optional<Scalar> scalar = scalar(key);
        if (scalar.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.parse(scalar.get().value().text()));
        } catch (InvalidValue invalid) {
            problems.error(scalar.get().location(), path.child(key), invalid);
            return Optional.empty();
        }
    }

    /** The scalars of a list; empty when it is not there. */
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        items(key).forEach(item -> {
            if (item instanceof Scalar scalar) {
                texts.add(scalar.value().text());
            }
        });
        return texts;
    }

    List<YamlNode> items(String key) {
        return mapping.value(key).orElse(mapping) instanceof Sequence sequence ? sequence.items() : List.of();
    }

    /** The items of a list that are mappings. */
    List<Section> sections(String key) {
        List<Section> sections = new ArrayList<>();
        List<YamlNode> items = items(key);
        for (int index = 0; index < items.size(); index++) {
            if (items.get(index) instanceof Mapping item) {
                sections.add(new Section(item, path.child(key).child(index), problems));
            }
        }
        return sections;
    }

    Optional<Section> section(String key) {
        return mapping.entry(key)
                .flatMap(entry -> entry.value() instanceof Mapping inner
                        ? Optional.of(new Section(inner, path.child(key), problems))
                        : Optional.empty());
    }

    /** The entries of a mapping with keys of the person; a value that is nothing is an empty section. */
    Map<String, Section> named(String key) {
        Map<String, Section> sections = new LinkedHashMap<>();
        section(key).ifPresent(section -> {
            for (Entry entry : section.mapping.entries()) {
                Mapping value = entry.value() instanceof Mapping inner
                        ? new Mapping(inner.entries(), entry.keyLocation())
                        : new Mapping(List.of(), entry.keyLocation());
                sections.put(entry.key(), new Section(value, section.path.child(entry.key()), problems));
            }
        });
        return sections;
    }

    /** Keys of the person with their values, without those that have none. */
    Map<String, Optional<String>> pairs(String key) {
        Map<String, Optional<String>> pairs = new LinkedHashMap<>();
        section(key)
                .ifPresent(section -> section.mapping.entries().forEach(entry -> {
                    boolean nothing = entry.value().isNothing();
                    pairs.put(entry.key(), nothing ? Optional.empty() : Optional.of(Trees.text(entry.value())));
                }));
        return pairs;
    }

    /** Keys of the person with their values; one that has none is empty. */
    Map<String, String> options(String key) {
        Map<String, String> options = new LinkedHashMap<>();
        pairs(key).forEach((name, value) -> options.put(name, value.orElse("")));
        return options;
    }

    /** Keys of the person with their values; one that has none is left out. */
    Map<String, String> values(String key) {
        Map<String, String> values = new LinkedHashMap<>();
        pairs(key).forEach((name, value) -> value.ifPresent(text -> values.put(name, text)));
        return values;
    }

    Map<String, YamlNode> extensions() {
        Map<String, YamlNode> extensions = new LinkedHashMap<>();
        for (Entry entry : mapping.entries()) {
            if (Specification.isExtension(entry.key())) {
                extensions.put(entry.key(), entry.value());
            }
        }
        return extensions;
    }

    Map<String, SourceLocation> keyLocations() {
        Map<String, SourceLocation> locations = new LinkedHashMap<>();
        mapping.entries().forEach(entry -> locations.put(entry.key(), entry.keyLocation()));
        return locations;
    }

    private Optional<Scalar> scalar(String key) {
        return mapping.value(key)
                .flatMap(value -> value instanceof Scalar scalar && !(scalar.value() instanceof ScalarValue.Null)
                        ? Optional.of(scalar)
                        : Optional.empty());
    }
}
