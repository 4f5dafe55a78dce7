package dev.portolan.compose;

import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.ScalarValue;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The short syntaxes of {@code ports}, {@code volumes} and {@code devices}, as the long ones. */
final class ShortSyntax {
    private static final Set<String> PROPAGATIONS =
            Set.of("rprivate", "private", "rshared", "shared", "rslave", "slave");
    private static final Set<String> SELINUX = Set.of("z", "Z");
    /** Docker Compose takes a shorter volume as a target without looking into it. */
    private static final int SHORTEST_PARSED = 2;

    /** How many a list may come to once its ranges are written out. */
    private static final int MOST_ITEMS = 66_000;
    /** What each of a range takes, with its keys, as {@link Trees#size} measures it. */
    private static final long SIZE_OF_ITEM = 3L * Trees.SIZE_OF_VALUE;

    private final Problems problems;
    private final boolean filledIn;

    /** @param filledIn whether variables were filled in; otherwise what cannot be read stays as it is */
    ShortSyntax(Problems problems, boolean filledIn) {
        this.problems = problems;
        this.filledIn = filledIn;
    }

    /** Says what is wrong, unless a variable may still make it right. */
    void unreadable(SourceLocation location, KeyPath path, InvalidValue invalid) {
        if (filledIn) {
            problems.error(location, path, invalid);
        }
    }

    private interface Parser {
        List<YamlNode> parse(String text, SourceLocation location) throws InvalidValue;
    }

    YamlNode ports(YamlNode node, KeyPath path) {
        if (node instanceof Sequence sequence && (hasFractions(sequence, path) || hasUnreadable(sequence))) {
            return node;
        }
        return expanded(node, path, (text, at) -> {
            List<YamlNode> ports = new ArrayList<>();
            for (PortSyntax.Port port : PortSyntax.parse(text)) {
                List<Entry> entries = new ArrayList<>();
                entries.add(string("mode", "ingress", at));
                if (port.target() > 0) {
                    entries.add(plain("target", Integer.toString(port.target()), at));
                }
                if (!port.published().isEmpty()) {
                    entries.add(string("published", port.published(), at));
                }
                if (!port.hostIp().isEmpty()) {
                    entries.add(string("host_ip", port.hostIp(), at));
                }
                entries.add(string("protocol", port.protocol(), at));
                ports.add(new Mapping(entries, at));
            }
            return ports;
        });
    }

    /** Without variables, Docker Compose leaves a whole list as it is written where it cannot read one of its ports. */
    private boolean hasUnreadable(Sequence ports) {
        return !filledIn && !ports.items().stream().allMatch(ShortSyntax::isReadable);
    }

    private static boolean isReadable(YamlNode port) {
        if (!(port instanceof Scalar scalar) || scalar.isNull()) {
            return true;
        }
        try {
            PortSyntax.parse(scalar.value().text());
            return true;
        } catch (InvalidValue unreadable) {
            return false;
        }
    }

    /** What Docker Compose refuses even where it is whole, as 80.0 is. */
    private boolean hasFractions(Sequence ports, KeyPath path) {
        boolean found = false;
        for (int index = 0; index < ports.items().size(); index++) {
            YamlNode port = ports.items().get(index);
            if (port instanceof Scalar scalar && scalar.value() instanceof ScalarValue.Fraction) {
                found = true;
                problems.error(
                        port.location(),
                        path.child(index),
                        "\"" + scalar.text() + "\" is no port",
                        "write target, published:target or address:published:target");
            }
        }
        return found;
    }

    YamlNode volumes(YamlNode node, KeyPath path) {
        return expanded(node, path, (text, at) -> {
            VolumeSyntax.Volume volume = VolumeSyntax.parse(text);
            List<Entry> entries = new ArrayList<>();
            entries.add(string("type", volume.bind() ? "bind" : "volume", at));
            if (!volume.source().isEmpty()) {
                entries.add(string("source", volume.source(), at));
            }
            entries.add(string("target", volume.target(), at));
            if (volume.readOnly()) {
                entries.add(plain("read_only", "true", at));
            }
            List<Entry> named = new ArrayList<>();
            List<Entry> bind = new ArrayList<>();
            if (volume.bind()) {
                bind.add(plain("create_host_path", "true", at));
            }
            for (String option : volume.options()) {
                if (PROPAGATIONS.contains(option)) {
                    bind.add(string("propagation", option, at));
                } else if (SELINUX.contains(option)) {
                    bind.add(string("selinux", option, at));
                } else if (option.equals("nocopy")) {
                    named.add(plain("nocopy", "true", at));
                }
            }
            if ((text.length() > SHORTEST_PARSED && !volume.bind()) || !named.isEmpty()) {
                entries.add(new Entry("volume", at, new Mapping(named, at)));
            }
            if (!bind.isEmpty()) {
                entries.add(new Entry("bind", at, Trees.with(new Mapping(List.of(), at), bind.toArray(Entry[]::new))));
            }
            return List.of(new Mapping(entries, at));
        });
    }

    YamlNode devices(YamlNode node, KeyPath path) {
        return expanded(node, path, (text, at) -> {
            List<String> parts = List.of(text.split(":", -1));
            if (parts.size() > 3 && filledIn) {
                throw new InvalidValue("\"" + text + "\" is no device", "write source:target:permissions");
            }
            if (parts.size() > 3) {
                parts = List.of(""); // what Docker Compose makes of it where variables stay as they are written
            }
            String target = parts.size() > 1 && !parts.get(1).isEmpty() ? parts.get(1) : parts.getFirst();
            return List.of(new Mapping(
                    List.of(
                            string("source", parts.getFirst(), at),
                            string("target", target, at),
                            string("permissions", parts.size() > 2 ? parts.get(2) : "rwm", at)),
                    at));
        });
    }

    private YamlNode expanded(YamlNode node, KeyPath path, Parser parser) {
        if (!(node instanceof Sequence sequence)) {
            return node;
        }
        List<YamlNode> items = new ArrayList<>();
        for (int index = 0; index < sequence.items().size(); index++) {
            YamlNode item = sequence.items().get(index);
            if (items.size() > MOST_ITEMS) {
                problems.error(
                        item.location(), path, "more than " + MOST_ITEMS + " items are too many", "write fewer ranges");
                break;
            }
            if (item instanceof Scalar scalar && !scalar.isNull()) {
                if (problems.tooLarge()) {
                    break;
                }
                try {
                    List<YamlNode> parsed = parser.parse(scalar.value().text(), scalar.location());
                    items.addAll(parsed);
                    grow((parsed.size() - 1L) * SIZE_OF_ITEM, item, path.child(index));
                } catch (InvalidValue invalid) {
                    unreadable(scalar.location(), path.child(index), invalid);
                    items.add(item);
                }
            } else {
                items.add(item);
            }
        }
        return new Sequence(items, sequence.tag(), sequence.location());
    }

    private void grow(long more, YamlNode item, KeyPath path) {
        try {
            problems.grow(more);
        } catch (InvalidValue tooLarge) {
            problems.error(item.location(), path, tooLarge);
        }
    }

    private static Entry string(String key, String text, SourceLocation location) {
        return new Entry(key, location, Scalar.string(text, location));
    }

    private static Entry plain(String key, String text, SourceLocation location) {
        return new Entry(key, location, new Scalar(text, false, "", location));
    }
}
