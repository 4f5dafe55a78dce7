package dev.portolan.compose;

import dev.portolan.compose.KeyTable.Known;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Sequence;

/** Says for each key of a project what the {@link Specification} says about it, so that nothing is dropped in silence. */
final class HonouredKeys {
    private final Problems problems;

    private HonouredKeys(Problems problems) {
        this.problems = problems;
    }

    static void check(Mapping root, Problems problems) {
        new HonouredKeys(problems).node(root, Specification.FILE, KeyPath.ROOT);
    }

    private void node(YamlNode node, Shape shape, KeyPath path) {
        switch (shape) {
            case Shape.Section section
            when node instanceof Mapping mapping -> {
                for (Entry entry : mapping.entries()) {
                    section.keys().key(entry.key()).ifPresent(key -> {
                        KeyPath entryPath = path.child(entry.key());
                        status(key, entry, entryPath);
                        node(entry.value(), key.shape(), entryPath);
                    });
                }
            }
            case Shape.Entries entries
            when node instanceof Mapping mapping ->
                mapping.entries().forEach(entry -> node(entry.value(), entries.value(), path.child(entry.key())));
            case Shape.Items items
            when node instanceof Sequence sequence -> {
                for (int index = 0; index < sequence.items().size(); index++) {
                    node(sequence.items().get(index), items.item(), path.child(index));
                }
            }
            case Shape.OneOf oneOf ->
                oneOf.shapes().stream()
                        .filter(candidate -> KeyCheck.fits(node, candidate))
                        .findFirst()
                        .ifPresent(found -> node(node, found, path));
            default -> {}
        }
    }

    private void status(Known key, Entry entry, KeyPath path) {
        switch (key.status()) {
            case HONOURED -> {}
            case REFUSED ->
                problems.error(entry.keyLocation(), path, "known to Compose, refused by Portolan", key.note());
            case DIFFERENTLY -> problems.warning(entry.keyLocation(), path, "honoured differently", key.note());
            case WITHOUT_EFFECT -> problems.warning(entry.keyLocation(), path, "without effect here", key.note());
            case OBSOLETE -> problems.warning(entry.keyLocation(), path, "obsolete", key.note());
        }
    }
}
