package dev.portolan.compose;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The variables of one reading, and which of them something asked for. */
final class Variables {
    private final Map<String, String> values;
    private final Set<String> asked = new TreeSet<>();

    Variables(Map<String, String> values) {
        this.values = new LinkedHashMap<>(values);
    }

    /** Counts as asking, whether it is set or not. */
    Optional<String> value(String name) {
        asked.add(name);
        return Optional.ofNullable(values.get(name));
    }

    /** Names with values of their own as they are, those without one with that of the variable of this name. */
    Map<String, Optional<String>> filledIn(Map<String, Optional<String>> pairs) {
        Map<String, Optional<String>> filled = new LinkedHashMap<>();
        pairs.forEach((name, value) -> filled.put(name, value.or(() -> value(name))));
        return filled;
    }

    /** Those that are set already stay as they are. */
    void addBelow(Map<String, String> more) {
        more.forEach(values::putIfAbsent);
    }

    void set(String name, String value) {
        values.put(name, value);
    }

    /** The names of all that something asked for so far, sorted. */
    Set<String> asked() {
        return Collections.unmodifiableSet(new TreeSet<>(asked));
    }
}
