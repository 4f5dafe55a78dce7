package dev.portolan.compose;

import dev.portolan.compose.KeyTable.Known;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Sequence;
import java.util.Map;
import java.util.Set;

/**
 * Says for each key of a merged file what the {@link Specification} says about it, so that nothing is dropped in silence.
 * Services that no profile lets in, and resources that no service uses, do not count.
 */
final class HonouredKeys {
    private final Map<String, Set<String>> counting;
    private final Problems problems;

    private HonouredKeys(Map<String, Set<String>> counting, Problems problems) {
        this.counting = counting;
        this.problems = problems;
    }

    /** @param counting the names that count, by top-level key such as {@code services} */
    static void check(Mapping root, Map<String, Set<String>> counting, Problems problems) {
        new HonouredKeys(counting, problems).node(root, Specification.FILE, KeyPath.ROOT);
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
                mapping.entries().stream()
                        .filter(entry -> counts(path, entry.key()))
                        .forEach(entry -> node(entry.value(), entries.value(), path.child(entry.key())));
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
            case Shape.Section other -> {}
            case Shape.Entries other -> {}
            case Shape.Items other -> {}
            case Shape.Plain other -> {}
            case Shape.Words other -> {}
            case Shape.Anything other -> {}
        }
    }

    private boolean counts(KeyPath path, String name) {
        return path.parts().size() != 1
                || counting.getOrDefault(path.last(), Set.of(name)).contains(name);
    }

    private void status(Known key, Entry entry, KeyPath path) {
        switch (key.status()) {
            case HONOURED -> {}
            case NOT_YET ->
                problems.error(
                        entry.keyLocation(),
                        path,
                        "known to Compose, not honoured by Portolan yet",
                        "remove \"" + key.name() + "\" to go on without it");
            case DIFFERENTLY -> problems.warning(entry.keyLocation(), path, "honoured differently", key.note());
            case WITHOUT_EFFECT -> problems.warning(entry.keyLocation(), path, "without effect here", key.note());
            case OBSOLETE -> problems.warning(entry.keyLocation(), path, "obsolete", key.note());
        }
    }
}
