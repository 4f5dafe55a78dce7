package dev.portolan.compose;

import dev.portolan.yaml.ScalarValue;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;

/** The chapter "Interpolation": variables in the values of a file. Keys are left as they are. */
final class Interpolation {
    private final Variables variables;
    private final Problems problems;

    private Interpolation(Variables variables, Problems problems) {
        this.variables = variables;
        this.problems = problems;
    }

    /** The tree with every variable filled in; what cannot be filled in is left as it is. */
    static YamlNode interpolate(YamlNode root, Variables variables, Problems problems) {
        return new Interpolation(variables, problems).node(root, KeyPath.ROOT);
    }

    private YamlNode node(YamlNode node, KeyPath path) {
        return switch (node) {
            case Mapping mapping -> {
                List<Entry> entries = new ArrayList<>();
                for (Entry entry : mapping.entries()) {
                    entries.add(
                            new Entry(entry.key(), entry.keyLocation(), node(entry.value(), path.child(entry.key()))));
                }
                yield new Mapping(entries, mapping.tag(), mapping.location());
            }
            case Sequence sequence -> {
                List<YamlNode> items = new ArrayList<>();
                for (int index = 0; index < sequence.items().size(); index++) {
                    items.add(node(sequence.items().get(index), path.child(index)));
                }
                yield new Sequence(items, sequence.tag(), sequence.location());
            }
            case Scalar scalar
            when scalar.text().indexOf('$') >= 0 && scalar.value() instanceof ScalarValue.Text -> scalar(scalar, path);
            case Scalar scalar -> scalar;
        };
    }

    private Scalar scalar(Scalar scalar, KeyPath path) {
        try {
            String text = Template.substitute(
                    scalar.text(),
                    variables::value,
                    name -> problems.warning(
                            scalar.location(),
                            path,
                            "the variable " + name + " is not set; it counts as empty",
                            "set it in the environment or in .env, or write ${" + name + ":-} for an empty one"));
            return new Scalar(text, true, scalar.tag(), scalar.location());
        } catch (InvalidValue invalid) {
            problems.error(scalar.location(), path, invalid);
            return scalar;
        }
    }
}
