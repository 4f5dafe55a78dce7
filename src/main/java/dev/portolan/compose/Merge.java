package dev.portolan.compose;

import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The chapter "Merge": a file over those before it. Mappings are merged, lists are appended, anything else is replaced;
 * nothing over something changes nothing. A short syntax meets a long one as it is written: what has two syntaxes is first
 * brought into one.
 */
final class Merge {

    /** What is not merged by the general rule. */
    private enum Rule {
        /** Lists and mappings of {@code name=value} become one list. */
        PAIRS,
        /** As PAIRS, without those that are there already. */
        DISTINCT_PAIRS,
        /** The later one counts, also when it is nothing. */
        REPLACE,
        BUILD,
        DEPENDENCIES,
        /** A list of names is a mapping from them to nothing. */
        NAMES,
        LOGGING,
        ADDRESS_POOLS
    }

    private static final PathRules<Rule> RULES = rules();
    private static final int MOST_POOLS = 200;

    private final Problems problems;

    private Merge(Problems problems) {
        this.problems = problems;
    }

    /** The base with the other file over it. */
    static Mapping over(Mapping base, Mapping other, Problems problems) {
        return new Merge(problems).mappings(base, other, KeyPath.ROOT, RULES);
    }

    /** The service that another one extends, with that one over it. */
    static Mapping extended(Mapping base, Mapping service, KeyPath path, Problems problems) {
        return new Merge(problems)
                .mappings(base, service, path, RULES.below("services").below(path.last()));
    }

    private Mapping mappings(Mapping base, Mapping other, KeyPath path, PathRules<Rule> rules) {
        Map<String, Entry> merged = new LinkedHashMap<>();
        base.entries().forEach(entry -> merged.put(entry.key(), entry));
        for (Entry entry : other.entries()) {
            Entry before = merged.get(entry.key());
            merged.put(
                    entry.key(),
                    before == null ? entry : entry(before, entry, path.child(entry.key()), rules.below(entry.key())));
        }
        return new Mapping(List.copyOf(merged.values()), base.entries().isEmpty() ? other.location() : base.location());
    }

    private Entry entry(Entry before, Entry after, KeyPath path, PathRules<Rule> rules) {
        YamlNode value = value(before.value(), after.value(), path, rules);
        boolean stays = value instanceof Mapping || after.value().isNothing();
        return Trees.withValue(stays ? before : after, value);
    }

    private YamlNode value(YamlNode before, YamlNode after, KeyPath path, PathRules<Rule> rules) {
        if (rules.rule().isPresent()) {
            return special(rules.rule().get(), before, after, path, rules);
        }
        if (after.isNothing()) {
            return before;
        }
        return switch (before) {
            case Mapping base when after instanceof Mapping other -> mappings(base, other, path, rules);
            case Sequence base when after instanceof Sequence other -> appended(base, other);
            case Scalar base -> after;
            default -> cannot(before, after, path);
        };
    }

    private YamlNode cannot(YamlNode before, YamlNode after, KeyPath path) {
        problems.error(
                after.location(),
                path,
                after.kind() + " cannot be merged over " + before.kind() + " at " + before.location(),
                "write " + before.kind() + ", or put !override before the value");
        return before;
    }

    private static Sequence appended(Sequence base, Sequence other) {
        List<YamlNode> items = new ArrayList<>(base.items());
        items.addAll(other.items());
        return new Sequence(items, base.items().isEmpty() ? other.location() : base.location());
    }

    private YamlNode special(Rule rule, YamlNode before, YamlNode after, KeyPath path, PathRules<Rule> rules) {
        return switch (rule) {
            case REPLACE -> after;
            case PAIRS -> appended(PairsList.of(before), PairsList.of(after));
            case DISTINCT_PAIRS -> {
                Sequence there = PairsList.of(before);
                Set<Object> known = there.items().stream().map(Trees::content).collect(Collectors.toSet());
                Sequence added = PairsList.of(after);
                yield appended(
                        there,
                        new Sequence(
                                added.items().stream()
                                        .filter(item -> !known.contains(Trees.content(item)))
                                        .toList(),
                                added.location()));
            }
            case BUILD -> both(build(before), build(after), path, rules);
            case DEPENDENCIES -> both(dependencies(before), dependencies(after), path, rules);
            case NAMES -> both(names(before), names(after), path, rules);
            case LOGGING -> logging(before, after, path, rules);
            case ADDRESS_POOLS ->
                before instanceof Sequence base && after instanceof Sequence other
                        ? pools(base, other, path)
                        : cannot(before, after, path);
        };
    }

    private YamlNode both(YamlNode before, YamlNode after, KeyPath path, PathRules<Rule> rules) {
        if (after.isNothing()) {
            return before;
        }
        if (before.isNothing()) {
            return after;
        }
        return before instanceof Mapping base && after instanceof Mapping other
                ? mappings(base, other, path, rules)
                : cannot(before, after, path);
    }

    private static YamlNode build(YamlNode node) {
        return Trees.isText(node) ? Trees.mapping(node.location(), Trees.entry("context", node)) : node;
    }

    private static YamlNode dependencies(YamlNode node) {
        return keyed(
                node,
                item -> Trees.mapping(
                        item,
                        new Entry("condition", item, Scalar.string("service_started", item)),
                        new Entry("required", item, Trees.truth(true, item))));
    }

    private static YamlNode names(YamlNode node) {
        return keyed(node, Trees::nothing);
    }

    private interface ValueAt {
        YamlNode at(SourceLocation location);
    }

    private static YamlNode keyed(YamlNode node, ValueAt value) {
        if (!(node instanceof Sequence sequence) || !sequence.items().stream().allMatch(Trees::isText)) {
            return node;
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (YamlNode item : sequence.items()) {
            entries.put(Trees.text(item), new Entry(Trees.text(item), item.location(), value.at(item.location())));
        }
        return new Mapping(List.copyOf(entries.values()), sequence.location());
    }

    /** Options belong to their driver: another driver replaces all of it. */
    private YamlNode logging(YamlNode before, YamlNode after, KeyPath path, PathRules<Rule> rules) {
        if (!(before instanceof Mapping base) || !(after instanceof Mapping other)) {
            return both(before, after, path, rules);
        }
        boolean sameDriver = base.value("driver").isEmpty()
                || other.value("driver").isEmpty()
                || Trees.text(base.value("driver").get())
                        .equals(Trees.text(other.value("driver").get()));
        return sameDriver ? mappings(base, other, path, rules) : after;
    }

    /** Pools with the same subnet are merged; each other pool of the later file comes before the base's that it met first. */
    private Sequence pools(Sequence base, Sequence other, KeyPath path) {
        if (base.items().size() > MOST_POOLS || other.items().size() > MOST_POOLS) {
            problems.error(
                    other.location(), path, "more than " + MOST_POOLS + " pools cannot be merged", "write fewer pools");
            return base;
        }
        Map<String, Mapping> pools = new LinkedHashMap<>();
        for (YamlNode ours : base.items()) {
            for (YamlNode theirs : other.items()) {
                if (!(ours instanceof Mapping before) || !(theirs instanceof Mapping after)) {
                    continue;
                }
                if (!subnet(before).equals(subnet(after)) && !pools.containsKey(subnet(after))) {
                    pools.put(subnet(after), after);
                    continue;
                }
                Mapping merged = mappings(before, after, path, PathRules.of(Map.of()));
                pools.put(subnet(merged), merged);
            }
        }
        return new Sequence(List.copyOf(pools.values()), base.location());
    }

    private static String subnet(Mapping pool) {
        return Trees.text(pool, "subnet").orElse("");
    }

    private static PathRules<Rule> rules() {
        Map<String, Rule> rules = new LinkedHashMap<>();
        for (String key : List.of(
                "annotations",
                "build/args",
                "build/additional_contexts",
                "build/labels",
                "deploy/labels",
                "dns",
                "dns_opt",
                "dns_search",
                "env_file",
                "environment",
                "label_file",
                "labels",
                "sysctls",
                "tmpfs")) {
            rules.put("services/*/" + key, Rule.PAIRS);
        }
        rules.put("networks/*/labels", Rule.PAIRS);
        rules.put("volumes/*/labels", Rule.PAIRS);
        rules.put("services/*/build/extra_hosts", Rule.DISTINCT_PAIRS);
        rules.put("services/*/extra_hosts", Rule.DISTINCT_PAIRS);
        for (String key : List.of("command", "entrypoint", "healthcheck/test", "ulimits/*")) {
            rules.put("services/*/" + key, Rule.REPLACE);
        }
        rules.put("services/*/build", Rule.BUILD);
        rules.put("services/*/depends_on", Rule.DEPENDENCIES);
        rules.put("services/*/models", Rule.NAMES);
        rules.put("services/*/networks", Rule.NAMES);
        rules.put("services/*/logging", Rule.LOGGING);
        rules.put("networks/*/ipam/config", Rule.ADDRESS_POOLS);
        return PathRules.of(rules);
    }
}
