package dev.portolan.compose;

import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The chapter "Merge": a file over those before it, all in canonical form. Mappings are merged, lists are appended, anything
 * else is replaced; {@code !reset} removes and {@code !override} replaces what was there. Nothing over something changes
 * nothing, except where nothing has a meaning.
 */
final class Merge {
    private static final String RESET = "!reset";
    private static final String OVERRIDE = "!override";

    /** Replaced as a whole; nothing replaces something. */
    private static final List<KeyPath> REPLACED = patterns(
            "services/*/command", "services/*/entrypoint", "services/*/healthcheck/test", "services/*/ulimits/*");

    /** Keys of the person with values, where nothing is a value too. */
    private static final List<KeyPath> PAIRS = patterns(
            "services/*/environment/*",
            "services/*/labels/*",
            "services/*/annotations/*",
            "services/*/sysctls/*",
            "services/*/build/args/*",
            "services/*/build/labels/*",
            "services/*/build/additional_contexts/*",
            "services/*/deploy/labels/*",
            "networks/*/labels/*",
            "volumes/*/labels/*");

    private static final KeyPath LOGGING = KeyPath.of("services/*/logging");
    private static final KeyPath ADDRESS_POOLS = KeyPath.of("networks/*/ipam/config");

    /** Lists whose items take the place of those before them with the same key, and how the key is found. */
    private static final Map<KeyPath, Function<YamlNode, String>> UNIQUE = unique();

    private final Problems problems;

    private Merge(Problems problems) {
        this.problems = problems;
    }

    /** The base with the other file over it. */
    static Mapping over(Mapping base, Mapping other, Problems problems) {
        return new Merge(problems).mappings(base, other, KeyPath.ROOT);
    }

    private Mapping mappings(Mapping base, Mapping other, KeyPath path) {
        Map<String, Entry> merged = new LinkedHashMap<>();
        base.entries().forEach(entry -> merged.put(entry.key(), entry));
        for (Entry entry : other.entries()) {
            KeyPath entryPath = path.child(entry.key());
            Entry before = merged.get(entry.key());
            if (entry.value().tag().equals(RESET)) {
                merged.remove(entry.key());
            } else if (before == null || entry.value().tag().equals(OVERRIDE)) {
                merged.put(entry.key(), Trees.withValue(entry, first(entry.value(), entryPath)));
            } else {
                merged.put(entry.key(), entry(before, entry, entryPath));
            }
        }
        return new Mapping(List.copyOf(merged.values()), base.entries().isEmpty() ? other.location() : base.location());
    }

    /** A value with nothing before it. */
    private YamlNode first(YamlNode node, KeyPath path) {
        return switch (node) {
            case Mapping mapping -> mappings(Trees.emptyMapping(""), mapping, path);
            case Sequence sequence -> appended(new Sequence(List.of(), sequence.location()), sequence, path);
            case Scalar scalar -> new Scalar(scalar.text(), scalar.quoted(), "", scalar.location());
        };
    }

    private Entry entry(Entry before, Entry after, KeyPath path) {
        if (matches(path, REPLACED) || matches(path, PAIRS)) {
            return Trees.withValue(after, first(after.value(), path));
        }
        if (after.value().isNothing()) {
            return before;
        }
        if (path.matches(LOGGING) && otherDriver(before.value(), after.value())) {
            return Trees.withValue(after, first(after.value(), path));
        }
        return switch (before.value()) {
            case Mapping base
            when after.value() instanceof Mapping other -> Trees.withValue(before, mappings(base, other, path));
            case Sequence base
            when after.value() instanceof Sequence other ->
                Trees.withValue(
                        after, path.matches(ADDRESS_POOLS) ? pools(base, other, path) : appended(base, other, path));
            case Scalar base -> Trees.withValue(after, first(after.value(), path));
            case Mapping base -> cannot(before, after, path);
            case Sequence base -> cannot(before, after, path);
        };
    }

    private Entry cannot(Entry before, Entry after, KeyPath path) {
        problems.error(
                after.value().location(),
                path,
                after.value().kind() + " cannot be merged over "
                        + before.value().kind() + " at " + before.value().location(),
                "write " + before.value().kind() + ", or put !override before the value");
        return before;
    }

    private static boolean otherDriver(YamlNode before, YamlNode after) {
        if (before instanceof Mapping base && after instanceof Mapping other) {
            return base.value("driver").isPresent()
                    && other.value("driver").isPresent()
                    && !Trees.text(base.value("driver").get())
                            .equals(Trees.text(other.value("driver").get()));
        }
        return false;
    }

    private Sequence appended(Sequence base, Sequence other, KeyPath path) {
        List<YamlNode> items = new ArrayList<>(base.items());
        for (YamlNode item : other.items()) {
            if (!item.tag().equals(RESET)) {
                items.add(first(item, path.child(items.size())));
            }
        }
        return new Sequence(distinct(items, path), base.items().isEmpty() ? other.location() : base.location());
    }

    private static List<YamlNode> distinct(List<YamlNode> items, KeyPath path) {
        for (Map.Entry<KeyPath, Function<YamlNode, String>> unique : UNIQUE.entrySet()) {
            if (path.matches(unique.getKey())) {
                Map<String, YamlNode> byKey = new LinkedHashMap<>();
                items.forEach(item -> byKey.put(unique.getValue().apply(item), item));
                return List.copyOf(byKey.values());
            }
        }
        return items;
    }

    /** Address pools with the same subnet are merged. */
    private Sequence pools(Sequence base, Sequence other, KeyPath path) {
        Map<String, YamlNode> pools = new LinkedHashMap<>();
        base.items().forEach(pool -> pools.put(field(pool, "subnet"), pool));
        for (YamlNode pool : other.items()) {
            YamlNode before = pools.get(field(pool, "subnet"));
            pools.put(
                    field(pool, "subnet"),
                    before instanceof Mapping from && pool instanceof Mapping over
                            ? mappings(from, over, path.child(0))
                            : first(pool, path.child(0)));
        }
        return new Sequence(List.copyOf(pools.values()), base.location());
    }

    private static boolean matches(KeyPath path, List<KeyPath> patterns) {
        return patterns.stream().anyMatch(path::matches);
    }

    private static List<KeyPath> patterns(String... patterns) {
        return List.of(patterns).stream().map(KeyPath::of).toList();
    }

    private static Map<KeyPath, Function<YamlNode, String>> unique() {
        Map<KeyPath, Function<YamlNode, String>> unique = new LinkedHashMap<>();
        for (String key :
                List.of("cap_add", "cap_drop", "dns", "dns_opt", "dns_search", "links", "profiles", "tmpfs")) {
            unique.put(KeyPath.of("services/*/" + key), item -> beforeEquals(Trees.text(item)));
        }
        unique.put(KeyPath.of("services/*/expose"), Trees::text);
        unique.put(KeyPath.of("services/*/extra_hosts"), Trees::text);
        unique.put(KeyPath.of("services/*/build/tags"), Trees::text);
        unique.put(KeyPath.of("services/*/networks/*/aliases"), Trees::text);
        unique.put(KeyPath.of("services/*/networks/*/link_local_ips"), Trees::text);
        unique.put(KeyPath.of("services/*/env_file"), item -> field(item, "path"));
        unique.put(KeyPath.of("services/*/volumes"), item -> field(item, "target"));
        unique.put(KeyPath.of("services/*/devices"), item -> field(item, "target"));
        unique.put(KeyPath.of("services/*/configs"), item -> mountTarget(item, ""));
        unique.put(KeyPath.of("services/*/secrets"), item -> mountTarget(item, "/run/secrets"));
        unique.put(KeyPath.of("services/*/ports"), Merge::port);
        return unique;
    }

    private static String mountTarget(YamlNode item, String folder) {
        String target = field(item, "target");
        return target.isEmpty() ? folder + "/" + field(item, "source") : target;
    }

    private static String port(YamlNode item) {
        String address = field(item, "host_ip");
        String protocol = field(item, "protocol");
        return (address.isEmpty() ? "0.0.0.0" : address)
                + ":" + field(item, "published") + ":" + field(item, "target") + "/"
                + (protocol.isEmpty() ? "tcp" : protocol);
    }

    private static String field(YamlNode item, String key) {
        return item instanceof Mapping mapping
                ? mapping.value(key).map(Trees::text).orElse("")
                : Trees.text(item);
    }

    private static String beforeEquals(String text) {
        int equals = text.indexOf('=');
        return equals < 0 ? text : text.substring(0, equals);
    }
}
