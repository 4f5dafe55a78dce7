package dev.portolan.compose;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The variables of one reading, or of one include in it, and which of them something asked for. */
final class Variables {
    private final Map<String, String> values;
    private final Set<String> asked;

    Variables(Map<String, String> values) {
        this.values = new LinkedHashMap<>(values);
        this.asked = new TreeSet<>();
    }

    /** Those of an include, which may have more; what is asked for is noted in one place. */
    Variables(Variables above) {
        this.values = new LinkedHashMap<>(above.values);
        this.asked = above.asked;
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

    /** All of them, sorted. */
    Map<String, String> all() {
        return Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** The names of all that something asked for so far, sorted. */
    Set<String> asked() {
        return Collections.unmodifiableSet(new TreeSet<>(asked));
    }
}
