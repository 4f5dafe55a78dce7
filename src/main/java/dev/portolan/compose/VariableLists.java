package dev.portolan.compose;

import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import java.util.Optional;

/** Names without a value in lists of {@code environment}: they have that of the variable where their file stands. */
final class VariableLists {

    private VariableLists() {}

    static Mapping filledIn(Mapping root, Variables variables) {
        for (Entry entry : Trees.entries(root, "configs")) { // whoever gives them their content asks for these
            if (entry.value() instanceof Mapping file) {
                Trees.text(file, "environment").ifPresent(variables::value);
            }
        }
        return Trees.atEach(
                root,
                "services",
                (name, service) -> Trees.at(
                        service,
                        "environment",
                        environment -> environment instanceof Sequence sequence
                                ? Trees.eachItem(sequence, item -> filledIn(item, variables))
                                : environment));
    }

    private static YamlNode filledIn(YamlNode item, Variables variables) {
        if (!Trees.isText(item) || Trees.text(item).contains("=")) {
            return item;
        }
        String name = Trees.text(item);
        Optional<String> value = variables.value(name);
        return value.isPresent() ? Scalar.string(name + "=" + value.get(), item.location()) : item;
    }
}
