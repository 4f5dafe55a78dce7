package dev.portolan.compose;

import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Paths of files and folders, from the base of their level. */
final class RelativePaths {

    private interface Change {
        YamlNode of(YamlNode node, KeyPath path, RelativePaths paths);
    }

    private static final PathRules<Change> CHANGES = changes();
    private static final List<String> REMOTE =
            List.of("https://", "http://", "git://", "ssh://", "github.com/", "git@");

    /** No file of a machine has a longer path. */
    private static final int LONGEST = 4096;

    private final Map<Path, Boolean> links = new HashMap<>();
    private final String base;
    private final Optional<String> home;
    private final Problems problems;

    private RelativePaths(String base, Optional<String> home, Problems problems) {
        this.base = base;
        this.home = home;
        this.problems = problems;
    }

    static Mapping resolve(Mapping root, String base, Optional<String> home, Problems problems) {
        return (Mapping) new RelativePaths(base, home, problems).node(root, KeyPath.ROOT, CHANGES);
    }

    private YamlNode node(YamlNode node, KeyPath path, PathRules<Change> changes) {
        if (changes.isEmpty()) {
            return node;
        }
        if (changes.rule().isPresent()) {
            return changes.rule().get().of(node, path, this);
        }
        return switch (node) {
            case Mapping mapping ->
                Trees.each(
                        mapping,
                        entry -> Trees.withValue(
                                entry, node(entry.value(), path.child(entry.key()), changes.below(entry.key()))));
            case Sequence sequence -> {
                List<YamlNode> items = new ArrayList<>();
                for (YamlNode item : sequence.items()) {
                    items.add(node(item, path.child(items.size()), changes.below(PathRules.ITEM)));
                }
                yield new Sequence(items, sequence.location());
            }
            case Scalar scalar -> scalar;
        };
    }

    private static YamlNode changed(YamlNode node, java.util.function.UnaryOperator<String> change) {
        return Trees.isText(node) ? Scalar.string(change.apply(Trees.text(node)), node.location()) : node;
    }

    private String absolute(String written) {
        String path = PathText.expanded(written, home);
        return PathText.isAbsolute(path) || path.isEmpty() ? path : PathText.joined(base, path);
    }

    /** The same for a path that may be one of another system. */
    private String foreign(String written) {
        String path = PathText.expanded(written, home);
        return PathText.isAbsolute(path) || PathText.isAbsoluteOnWindows(path) ? path : PathText.joined(base, path);
    }

    private String buildPlace(String written) {
        boolean elsewhere = written.contains("://")
                || written.startsWith("service:")
                || REMOTE.stream().anyMatch(written::startsWith);
        return elsewhere ? written : absolute(written);
    }

    /** What the first symbolic link on the way leads to is written out. */
    private String watched(String written) {
        String path = absolute(written);
        if (path.length() > LONGEST) {
            return path;
        }
        Path at = Path.of(PathText.isAbsolute(path) ? "/" : "");
        for (String part : path.split("/", -1)) {
            at = at.resolve(part);
            if (links.computeIfAbsent(at, Files::isSymbolicLink)) {
                try {
                    return path.replaceFirst(
                            java.util.regex.Pattern.quote(at.toString()),
                            java.util.regex.Matcher.quoteReplacement(
                                    at.toRealPath().toString()));
                } catch (IOException leadsNowhere) {
                    return path;
                }
            }
        }
        return path;
    }

    private YamlNode mount(YamlNode node, KeyPath path) {
        if (!(node instanceof Mapping mount)
                || !Trees.text(mount, "type").orElse("").equals("bind")) {
            return node;
        }
        if (mount.entry("source").isEmpty()) {
            problems.error(mount.location(), path, "a bind mount needs a source", "add source: ./path");
        }
        return Trees.at(mount, "source", source -> changed(source, this::foreign));
    }

    /** A volume of the driver {@code local} may be a bind mount in truth. */
    private YamlNode volume(YamlNode node) {
        if (!(node instanceof Mapping volume)
                || !Trees.text(volume, "driver").orElse("").equals("local")) {
            return node;
        }
        return Trees.at(
                volume,
                "driver_opts",
                options -> options instanceof Mapping mapping
                                && Trees.text(mapping, "o").orElse("").equals("bind")
                        ? Trees.at(mapping, "device", device -> changed(device, this::foreign))
                        : options);
    }

    private static PathRules<Change> changes() {
        Map<String, Change> changes = new LinkedHashMap<>();
        Change context = (node, path, paths) -> changed(node, paths::buildPlace);
        Change absolute = (node, path, paths) -> changed(node, paths::absolute);
        Change foreign = (node, path, paths) -> changed(node, paths::foreign);
        changes.put("services/*/build/context", context);
        changes.put("services/*/build/additional_contexts/*", context);
        changes.put("services/*/build/ssh/*", foreign);
        changes.put("services/*/env_file/*/path", absolute);
        changes.put("services/*/label_file/*", absolute);
        changes.put("services/*/extends/file", absolute);
        changes.put("services/*/develop/watch/*/path", (node, path, paths) -> changed(node, paths::watched));
        changes.put("services/*/volumes/*", (node, path, paths) -> paths.mount(node, path));
        changes.put("configs/*/file", foreign);
        changes.put("secrets/*/file", foreign);
        changes.put("volumes/*", (node, path, paths) -> paths.volume(node));
        return PathRules.of(changes);
    }
}
