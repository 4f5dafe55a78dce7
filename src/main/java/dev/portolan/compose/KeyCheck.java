package dev.portolan.compose;

import dev.portolan.compose.KeyTable.Known;
import dev.portolan.compose.KeyTable.Others;
import dev.portolan.compose.Shape.Kind;
import dev.portolan.compose.Shape.Names;
import dev.portolan.yaml.ScalarValue;
import dev.portolan.yaml.Suggestion;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Compares the files, as far as they are merged, with the {@link Specification}: unknown keys, values of the wrong kind. */
final class KeyCheck {
    private final Problems problems;

    private KeyCheck(Problems problems) {
        this.problems = problems;
    }

    /** Adds what is wrong to the problems. Whether a key is honoured is another question: see {@link HonouredKeys}. */
    static void check(YamlNode root, Problems problems) {
        new KeyCheck(problems).node(root, Specification.FILE, KeyPath.ROOT);
    }

    private void node(YamlNode node, Shape shape, KeyPath path) {
        switch (shape) {
            case Shape.Anything anything -> {}
            case Shape.OneOf oneOf -> {
                Optional<Shape> fitting = oneOf.shapes().stream()
                        .filter(candidate -> fits(node, candidate))
                        .findFirst();
                fitting.ifPresentOrElse(found -> node(node, found, path), () -> wrongKind(node, shape, path));
            }
            case Shape.Section section when node instanceof Mapping mapping -> section(mapping, section.keys(), path);
            case Shape.Entries entries when node instanceof Mapping mapping -> entries(mapping, entries, path);
            case Shape.Items items
            when node instanceof Sequence sequence -> {
                if (items.distinct()) {
                    distinct(sequence, path);
                }
                for (int index = 0; index < sequence.items().size(); index++) {
                    node(sequence.items().get(index), items.item(), path.child(index));
                }
            }
            case Shape.Words words when fits(node, Shapes.STRING) -> word((Scalar) node, words, path);
            case Shape.Matching matching when fits(node, Shapes.STRING) -> matching((Scalar) node, matching, path);
            case Shape.Between between when fits(node, Shapes.WHOLE) -> between((Scalar) node, between, path);
            case Shape.Plain plain when fits(node, shape) -> {}
            default -> wrongKind(node, shape, path);
        }
    }

    static boolean fits(YamlNode node, Shape shape) {
        return switch (shape) {
            case Shape.Anything anything -> true;
            case Shape.Section section -> node instanceof Mapping;
            case Shape.Entries entries -> node instanceof Mapping;
            case Shape.Items items -> node instanceof Sequence;
            case Shape.OneOf oneOf -> oneOf.shapes().stream().anyMatch(candidate -> fits(node, candidate));
            case Shape.Words words -> fits(node, Shapes.STRING);
            case Shape.Matching matching -> fits(node, Shapes.STRING);
            case Shape.Between between -> fits(node, Shapes.WHOLE);
            case Shape.Plain plain ->
                node instanceof Scalar scalar && plain.kinds().stream().anyMatch(kind -> is(scalar.value(), kind));
        };
    }

    private static boolean is(ScalarValue value, Kind kind) {
        return switch (value) {
            case ScalarValue.Null nothing -> kind == Kind.NOTHING;
            case ScalarValue.Truth truth -> kind == Kind.TRUTH;
            case ScalarValue.Whole whole -> kind == Kind.WHOLE || kind == Kind.NUMBER;
            case ScalarValue.Fraction fraction ->
                kind == Kind.NUMBER || (kind == Kind.WHOLE && fraction.value() == Math.rint(fraction.value()));
            case ScalarValue.Date date -> false;
            case ScalarValue.Text text -> kind == Kind.STRING;
        };
    }

    private void section(Mapping mapping, KeyTable keys, KeyPath path) {
        for (Entry entry : mapping.entries()) {
            KeyPath entryPath = path.child(entry.key());
            Optional<Known> key = keys.key(entry.key());
            if (key.isPresent()) {
                node(entry.value(), key.get().shape(), entryPath);
            } else if (!isLetThrough(entry.key(), keys.others()) && !problems.full()) {
                problems.error(
                        entry.keyLocation(),
                        entryPath,
                        "unknown key \"" + entry.key() + "\"",
                        service(entry, path)
                                .or(() -> Suggestion.nearest(entry.key(), keys.names())
                                        .map(near -> "did you mean \"" + near + "\"?"))
                                .orElse(
                                        keys.others() == Others.EXTENSIONS || keys.others() == Others.DROPPED_EXTENSIONS
                                                ? "remove it, or begin it with x- if it is your own"
                                                : "remove it"));
            }
        }
        keys.required().forEach((required, example) -> {
            if (mapping.entry(required).isEmpty()) {
                problems.error(mapping.location(), path, required + " is missing", "add " + required + ": " + example);
            }
        });
    }

    /** Files of long ago had services at the top. */
    private static Optional<String> service(Entry entry, KeyPath path) {
        return path.equals(KeyPath.ROOT)
                        && entry.value() instanceof Mapping mapping
                        && (mapping.entry("image").isPresent()
                                || mapping.entry("build").isPresent())
                ? Optional.of("move it below services:, and indent it")
                : Optional.empty();
    }

    private static boolean isLetThrough(String key, Others others) {
        return switch (others) {
            case NONE -> false;
            case EXTENSIONS, DROPPED_EXTENSIONS -> Specification.isExtension(key);
            case ALL -> true;
        };
    }

    private void entries(Mapping mapping, Shape.Entries entries, KeyPath path) {
        for (Entry entry : mapping.entries()) {
            KeyPath entryPath = path.child(entry.key());
            if (entries.checked().allow(entry.key())) {
                node(entry.value(), entries.value(), entryPath);
            } else if (entries.strict()) {
                problems.error(
                        entry.keyLocation(),
                        entryPath,
                        "\"" + entry.key() + "\" is no name",
                        entries.checked() == Names.RESOURCES
                                ? "use letters, digits, dots, hyphens and underscores"
                                : "write a name before the colon");
            }
        }
    }

    private void distinct(Sequence sequence, KeyPath path) {
        Map<Object, Integer> first = new HashMap<>();
        for (int index = 0; index < sequence.items().size(); index++) {
            YamlNode item = sequence.items().get(index);
            Integer before = first.putIfAbsent(Trees.content(item), index);
            if (before != null) {
                problems.error(
                        item.location(), path.child(index), "the same as item " + before, "remove one of the two");
            }
        }
    }

    private void word(Scalar scalar, Shape.Words words, KeyPath path) {
        if (!words.words().contains(scalar.text())) {
            problems.error(
                    scalar.location(),
                    path,
                    "\"" + scalar.text() + "\" is not " + words.expected(),
                    Suggestion.nearest(scalar.text(), words.words())
                            .map(near -> "did you mean \"" + near + "\"?")
                            .orElse("write one of them"));
        }
    }

    private void matching(Scalar scalar, Shape.Matching matching, KeyPath path) {
        if (!matching.pattern().matcher(scalar.text()).find()) {
            problems.error(
                    scalar.location(),
                    path,
                    "\"" + scalar.text() + "\" is no " + matching.what(),
                    "write " + matching.words());
        }
    }

    private void between(Scalar scalar, Shape.Between between, KeyPath path) {
        double value = Double.parseDouble(scalar.value().text());
        if (value < between.lowest() || value > between.highest()) {
            problems.error(
                    scalar.location(),
                    path,
                    "\"" + scalar.value().text() + "\" is not from " + between.lowest()
                            + (between.highest() == Long.MAX_VALUE ? " upwards" : " to " + between.highest()),
                    "write another number");
        }
    }

    private void wrongKind(YamlNode node, Shape shape, KeyPath path) {
        problems.error(
                node.location(),
                path,
                "must be " + shape.expected() + ", not " + node.kind(),
                Remedies.of(node, shape, path));
    }
}
