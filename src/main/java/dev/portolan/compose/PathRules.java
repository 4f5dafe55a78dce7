package dev.portolan.compose;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Rules for places in a file, such as {@code services/*}{@code /build/args}: a walk over a tree of nodes takes its rules along,
 * one step at each key.
 */
final class PathRules<T> {
    /** Stands for each item of a list. */
    static final String ITEM = "[]";

    private static final String ANY = "*";
    private static final PathRules<?> NONE = new PathRules<>();

    private final Map<String, PathRules<T>> next = new HashMap<>();
    private Optional<T> rule = Optional.empty();

    private PathRules() {}

    /** Nothing applies anywhere. */
    static PathRules<Void> none() {
        return new PathRules<>();
    }

    /** @param rules by path; a star stands for any key or item */
    static <T> PathRules<T> of(Map<String, T> rules) {
        PathRules<T> root = new PathRules<>();
        rules.forEach((path, rule) -> {
            PathRules<T> at = root;
            for (String part : path.split("/", -1)) {
                at = at.next.computeIfAbsent(part, key -> new PathRules<>());
            }
            at.rule = Optional.of(rule);
        });
        return root;
    }

    /** The rules below a key, or below the items of a list. */
    @SuppressWarnings("unchecked")
    PathRules<T> below(String part) {
        PathRules<T> exact = next.get(part);
        if (exact != null) {
            return exact;
        }
        return next.getOrDefault(ANY, (PathRules<T>) NONE);
    }

    /** What applies to the place itself. */
    Optional<T> rule() {
        return rule;
    }

    /** Whether nothing applies here or below. */
    boolean isEmpty() {
        return next.isEmpty() && rule.isEmpty();
    }
}
