package dev.portolan.compose;

import dev.portolan.yaml.ScalarValue;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The chapter "Interpolation": variables in the values of a file. Keys are left as they are. A string at a place where a
 * number or a boolean is wanted becomes one.
 */
final class Interpolation {

    private enum Cast {
        WHOLE,
        FRACTION,
        TRUTH
    }

    private static final PathRules<Cast> CASTS = casts();

    private final Variables variables;
    private final Problems problems;

    private Interpolation(Variables variables, Problems problems) {
        this.variables = variables;
        this.problems = problems;
    }

    /** The tree with every variable filled in; what cannot be filled in is left as it is. */
    static YamlNode interpolate(YamlNode root, Variables variables, Problems problems) {
        return new Interpolation(variables, problems).node(root, KeyPath.ROOT, CASTS);
    }

    private YamlNode node(YamlNode node, KeyPath path, PathRules<Cast> casts) {
        return switch (node) {
            case Mapping mapping ->
                Trees.each(
                        mapping,
                        entry -> Trees.withValue(
                                entry, node(entry.value(), path.child(entry.key()), casts.below(entry.key()))));
            case Sequence sequence -> {
                List<YamlNode> items = new ArrayList<>();
                PathRules<Cast> below = casts.below(PathRules.ITEM);
                for (int index = 0; index < sequence.items().size(); index++) {
                    items.add(node(sequence.items().get(index), path.child(index), below));
                }
                yield new Sequence(items, sequence.tag(), sequence.location());
            }
            case Scalar scalar
            when scalar.value() instanceof ScalarValue.Text(String text) -> {
                Scalar filled = text.indexOf('$') >= 0 ? filled(scalar, path) : scalar;
                yield casts.rule().isPresent() ? cast(filled, casts.rule().get(), path) : filled;
            }
            case Scalar scalar -> scalar;
        };
    }

    private Scalar filled(Scalar scalar, KeyPath path) {
        try {
            problems.grow(scalar.text().length());
            String text = Template.substitute(
                    scalar.text(),
                    variables::value,
                    name -> problems.warning(
                            scalar.location(),
                            path,
                            "the variable " + name + " is not set; it counts as empty",
                            "set it in the environment or in .env, or write ${" + name + ":-} for an empty one"));
            problems.grow(text.length());
            return new Scalar(text, true, scalar.tag(), scalar.location());
        } catch (InvalidValue invalid) {
            problems.error(scalar.location(), path, invalid);
            return scalar;
        }
    }

    private Scalar cast(Scalar scalar, Cast cast, KeyPath path) {
        String text = scalar.text();
        try {
            return switch (cast) {
                case WHOLE -> Trees.number(Long.toString(Casts.whole(text)), scalar.location());
                case FRACTION -> {
                    double value = Casts.fraction(text);
                    yield Double.isFinite(value) ? Trees.number(text, scalar.location()) : scalar;
                }
                case TRUTH -> {
                    boolean truth = Casts.truth(text);
                    if (Casts.isOldTruth(text)) {
                        problems.warning(
                                scalar.location(),
                                path,
                                "\"" + text + "\" is no boolean in YAML 1.2",
                                "write " + truth);
                    }
                    yield Trees.truth(truth, scalar.location());
                }
            };
        } catch (InvalidValue invalid) {
            problems.error(scalar.location(), path, invalid);
            return scalar;
        }
    }

    private static PathRules<Cast> casts() {
        Map<String, Cast> casts = new LinkedHashMap<>();
        for (String key : List.of(
                "cpu_count",
                "cpu_period",
                "cpu_quota",
                "cpu_rt_period",
                "cpu_rt_runtime",
                "cpu_shares",
                "deploy/replicas",
                "deploy/update_config/parallelism",
                "deploy/rollback_config/parallelism",
                "deploy/restart_policy/max_attempts",
                "deploy/placement/max_replicas_per_node",
                "healthcheck/retries",
                "oom_score_adj",
                "pids_limit",
                "ports/[]/target",
                "scale",
                "ulimits/*",
                "ulimits/*/hard",
                "ulimits/*/soft")) {
            casts.put("services/*/" + key, Cast.WHOLE);
        }
        for (String key : List.of(
                "cpu_percent",
                "cpus",
                "deploy/update_config/max_failure_ratio",
                "deploy/rollback_config/max_failure_ratio")) {
            casts.put("services/*/" + key, Cast.FRACTION);
        }
        for (String key : List.of(
                "init",
                "healthcheck/disable",
                "oom_kill_disable",
                "privileged",
                "read_only",
                "stdin_open",
                "tty",
                "volumes/[]/read_only",
                "volumes/[]/volume/nocopy")) {
            casts.put("services/*/" + key, Cast.TRUTH);
        }
        for (String key : List.of(
                "networks/*/external",
                "networks/*/internal",
                "networks/*/attachable",
                "networks/*/enable_ipv4",
                "networks/*/enable_ipv6",
                "volumes/*/external",
                "secrets/*/external",
                "configs/*/external")) {
            casts.put(key, Cast.TRUTH);
        }
        return PathRules.of(casts);
    }
}
