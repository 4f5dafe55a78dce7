package dev.portolan.config;

import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.ScalarValue;
import dev.portolan.yaml.YamlNode;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Typed reading of one mapping of portolan.yml. What is not as it should be becomes a problem, and is empty then. */
final class Section {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String RESERVED = "PORTOLAN_";

    private final YamlNode.Mapping mapping;
    private final String path;
    private final Problems problems;

    Section(YamlNode.Mapping mapping, String path, Problems problems) {
        this.mapping = mapping;
        this.path = path;
        this.problems = problems;
    }

    SourceLocation location() {
        return mapping.location();
    }

    String path() {
        return path;
    }

    String path(String key) {
        return path.isEmpty() ? key : path + "/" + key;
    }

    List<YamlNode.Entry> entries() {
        return mapping.entries();
    }

    /**
     * Finds the keys that do not belong here.
     *
     * @param known those that do
     * @param later those of versions to come, with what to do until then
     */
    void allow(Collection<String> known, Map<String, String> later) {
        for (YamlNode.Entry entry : mapping.entries()) {
            String key = entry.key();
            String remedy = later.get(key);
            if (remedy != null) {
                problems.error(entry.keyLocation(), path(key), "not supported by this version yet", remedy);
            } else if (!known.contains(key) && !(path.isEmpty() && key.startsWith("x-"))) {
                problems.error(
                        entry.keyLocation(),
                        path(key),
                        "unknown key \"" + key + "\"",
                        Problems.didYouMean(key, known, "the keys here are " + String.join(", ", known)));
            }
        }
    }

    /** A problem unless the key is there. */
    void require(String key, String remedy) {
        if (mapping.value(key).isEmpty()) {
            problems.error(mapping.location(), path, "the key \"" + key + "\" is missing", remedy);
        }
    }

    Optional<YamlNode> value(String key) {
        return mapping.value(key);
    }

    /** @param example of a good value, for the remedy */
    Optional<Located<String>> text(String key, String example) {
        return value(key).flatMap(node -> text(node, path(key), example));
    }

    Optional<Located<String>> text(YamlNode node, String where, String example) {
        if (node instanceof YamlNode.Scalar scalar) {
            ScalarValue meant = scalar.value();
            if (meant instanceof ScalarValue.Text) {
                return Optional.of(new Located<>(scalar.text(), scalar.location(), where));
            }
            String remedy = meant instanceof ScalarValue.Null
                    ? "write for example " + example
                    : "put it in quotes if it is meant, or write for example " + example;
            problems.error(scalar.location(), where, "must be a string, but is " + meant.kind(), remedy);
            return Optional.empty();
        }
        problems.error(
                node.location(), where, "must be a string, but is " + node.kind(), "write for example " + example);
        return Optional.empty();
    }

    /** @param rule what a good value is, after "must be" */
    Optional<Located<String>> matching(String key, Pattern pattern, String rule, String example) {
        return text(key, example).filter(found -> matches(found, pattern, rule, example));
    }

    boolean matches(Located<String> found, Pattern pattern, String rule, String example) {
        boolean good = pattern.matcher(found.value()).matches();
        if (!good) {
            problems.error(found, "\"" + found.value() + "\" must be " + rule, "write for example " + example);
        }
        return good;
    }

    /**
     * @param low the least that is allowed, as {@code high} is the most
     * @param example of a good value, for the remedy
     */
    Optional<Located<Integer>> whole(String key, int low, int high, int example) {
        Optional<YamlNode> node = value(key);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (node.get() instanceof YamlNode.Scalar scalar
                && scalar.value() instanceof ScalarValue.Whole(BigInteger number)
                && number.compareTo(BigInteger.valueOf(low)) >= 0
                && number.compareTo(BigInteger.valueOf(high)) <= 0) {
            return Optional.of(new Located<>(number.intValue(), scalar.location(), path(key)));
        }
        problems.error(
                node.get().location(),
                path(key),
                high == Integer.MAX_VALUE
                        ? "must be a whole number of at least " + low
                        : "must be a whole number from " + low + " to " + high,
                node.get() instanceof YamlNode.Scalar scalar && scalar.quoted()
                        ? "write it without quotes"
                        : "write for example \"" + key + ": " + example + "\"");
        return Optional.empty();
    }

    Optional<Duration> duration(String key, Duration least) {
        String example = "\"" + key + ": 1m30s\"";
        if (value(key).orElse(null) instanceof YamlNode.Scalar scalar
                && scalar.value() instanceof ScalarValue.Whole number) {
            problems.error(
                    scalar.location(),
                    path(key),
                    number.text() + " has no unit",
                    "write for example \"" + key + ": " + number.text() + "s\"");
            return Optional.empty();
        }
        return text(key, example).flatMap(found -> {
            Optional<Duration> duration = DurationText.parse(found.value());
            if (duration.isEmpty()) {
                problems.error(found, "\"" + found.value() + "\" is no duration", "write for example " + example);
            } else if (duration.get().compareTo(least) < 0) {
                problems.error(found, "must be at least " + DurationText.format(least), "write for example " + example);
                return Optional.empty();
            }
            return duration;
        });
    }

    /** A mapping below this one; a key with nothing after it is an empty one. */
    Optional<Section> section(String key, String example) {
        return value(key).flatMap(node -> section(node, path(key), example));
    }

    Optional<Section> section(YamlNode node, String where, String example) {
        return switch (node) {
            case YamlNode.Mapping found -> Optional.of(new Section(found, where, problems));
            case YamlNode.Scalar scalar
            when scalar.isNull() ->
                Optional.of(new Section(new YamlNode.Mapping(List.of(), scalar.location()), where, problems));
            case YamlNode.Scalar scalar -> notAMapping(scalar, where, example);
            case YamlNode.Sequence sequence -> notAMapping(sequence, where, example);
        };
    }

    private Optional<Section> notAMapping(YamlNode node, String where, String example) {
        problems.error(
                node.location(), where, "must be a mapping, but is " + node.kind(), "write for example " + example);
        return Optional.empty();
    }

    /** Names and values of environment variables, in the order of the file. */
    Map<String, Located<String>> variables(String key) {
        Map<String, Located<String>> variables = new LinkedHashMap<>();
        section(key, "\"" + key + ": { RAILS_ENV: production }\"").ifPresent(section -> {
            for (YamlNode.Entry entry : section.entries()) {
                variable(section, entry).ifPresent(value -> variables.put(entry.key(), value));
            }
        });
        return variables;
    }

    private Optional<Located<String>> variable(Section section, YamlNode.Entry entry) {
        String where = section.path(entry.key());
        if (!VARIABLE.matcher(entry.key()).matches()) {
            problems.error(
                    entry.keyLocation(),
                    where,
                    "\"" + entry.key() + "\" is no name of a variable",
                    "use letters, digits and underscores, not beginning with a digit");
        } else if (entry.key().startsWith(RESERVED)) {
            problems.error(
                    entry.keyLocation(),
                    where,
                    "names that begin with " + RESERVED + " are Portolan's own",
                    "choose another name; the Compose files have PORTOLAN_APP and PORTOLAN_REGION without it");
        } else if (!(entry.value() instanceof YamlNode.Scalar scalar) || scalar.value() instanceof ScalarValue.Null) {
            problems.error(
                    entry.value().location(),
                    where,
                    "must be a string, a number or a boolean, but is "
                            + entry.value().kind(),
                    "write the value; \"\" for an empty one");
        } else if (SecretReferences.without(scalar.text()).contains("${")) {
            problems.error(
                    scalar.location(),
                    where,
                    "${...} is not replaced in portolan.yml, but for ${secret:NAME}",
                    "write the value itself; a variable of your shell reaches a service through its own \"environment\""
                            + " in compose.yaml");
        } else {
            return Optional.of(new Located<>(scalar.value().text(), scalar.location(), where));
        }
        return Optional.empty();
    }
}
