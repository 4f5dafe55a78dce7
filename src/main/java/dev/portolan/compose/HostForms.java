package dev.portolan.compose;

import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** {@code extra_hosts} in all its syntaxes, as a sorted list of {@code name=address}. */
final class HostForms {
    private final List<YamlNode> lines = new ArrayList<>();
    private final Problems problems;

    private HostForms(Problems problems) {
        this.problems = problems;
    }

    static Sequence of(YamlNode node, KeyPath path, Problems problems) {
        HostForms hosts = new HostForms(problems);
        switch (node) {
            case Mapping mapping -> mapping.entries().forEach(entry -> hosts.add(entry, path.child(entry.key())));
            case Sequence sequence -> {
                for (int index = 0; index < sequence.items().size(); index++) {
                    hosts.add(sequence.items().get(index), path.child(index));
                }
            }
            case Scalar scalar ->
                problems.error(
                        scalar.location(),
                        path,
                        "must be a mapping or a list, not " + scalar.kind(),
                        "write a list of name=address");
        }
        hosts.lines.sort(Comparator.comparing(Trees::text));
        return new Sequence(hosts.lines, node.location());
    }

    private void add(Entry entry, KeyPath path) {
        List<YamlNode> addresses =
                entry.value() instanceof Sequence sequence ? sequence.items() : List.of(entry.value());
        addresses.forEach(address -> add(entry.key(), Trees.text(address), address, path));
    }

    private void add(YamlNode line, KeyPath path) {
        String text = Trees.text(line);
        int separator = text.indexOf('=') < 0 ? text.indexOf(':') : text.indexOf('=');
        if (separator < 0) {
            problems.error(line.location(), path, "\"" + text + "\" is no name with an address", "write name=address");
            return;
        }
        for (String address : text.substring(separator + 1).split(",", -1)) {
            add(text.substring(0, separator), address, line, path);
        }
    }

    private void add(String name, String address, YamlNode at, KeyPath path) {
        if (name.isEmpty() || name.indexOf(':') >= 0 || name.indexOf('=') >= 0) {
            problems.error(at.location(), path, "\"" + name + "\" is no name of a host", "write name=address");
            return;
        }
        boolean brackets = address.length() > 2 && address.startsWith("[") && address.endsWith("]");
        String bare = brackets ? address.substring(1, address.length() - 1) : address;
        lines.add(Scalar.string(name + "=" + bare, at.location()));
    }
}
