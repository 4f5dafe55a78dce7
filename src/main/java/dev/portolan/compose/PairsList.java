package dev.portolan.compose;

import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What may be written as a mapping, as a list of {@code name=value}, or as one string, as such a list. */
final class PairsList {

    private PairsList() {}

    /** Sorted, where it is a mapping; empty for what is none of them. */
    static Sequence of(YamlNode node) {
        return switch (node) {
            case Sequence sequence -> sequence;
            case Scalar scalar when Trees.isText(scalar) -> new Sequence(List.of(scalar), scalar.location());
            case Scalar scalar -> new Sequence(List.of(), scalar.location());
            case Mapping mapping -> new Sequence(lines(mapping), mapping.location());
        };
    }

    private static List<YamlNode> lines(Mapping mapping) {
        List<YamlNode> lines = new ArrayList<>();
        for (Entry entry : mapping.entries()) {
            switch (entry.value()) {
                case Scalar scalar ->
                    lines.add(Scalar.string(
                            scalar.isNull()
                                    ? entry.key()
                                    : entry.key() + "=" + scalar.value().text(),
                            scalar.isNull() ? entry.keyLocation() : scalar.location()));
                case Sequence sequence ->
                    sequence.items()
                            .forEach(item ->
                                    lines.add(Scalar.string(entry.key() + "=" + Trees.text(item), item.location())));
                case Mapping inner -> lines.add(inner); // KeyCheck says what is wrong with it
            }
        }
        lines.sort(Comparator.comparing(Trees::text));
        return lines;
    }
}
