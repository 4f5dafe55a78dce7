package dev.portolan.compose;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The keys that the Compose Specification knows at one place, and what Portolan does with each. */
record KeyTable(Map<String, Known> byName) {

    KeyTable {
        byName = Ordered.copy(byName);
    }

    static KeyTable of(Known... keys) {
        Map<String, Known> byName = new LinkedHashMap<>();
        Arrays.stream(keys).forEach(key -> byName.put(key.name(), key));
        return new KeyTable(byName);
    }

    Optional<Known> key(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Collection<String> names() {
        return byName.keySet();
    }

    /**
     * @param note for {@code DIFFERENTLY} what Portolan does instead, for {@code WITHOUT_EFFECT} and {@code OBSOLETE} why;
     *     empty for the others
     */
    record Known(String name, Shape shape, Status status, String note) {

        static Known honoured(String name, Shape shape) {
            return new Known(name, shape, Status.HONOURED, "");
        }

        static Known differently(String name, Shape shape, String note) {
            return new Known(name, shape, Status.DIFFERENTLY, note);
        }

        static Known withoutEffect(String name, Shape shape, String note) {
            return new Known(name, shape, Status.WITHOUT_EFFECT, note);
        }

        static Known notYet(String name, Shape shape) {
            return new Known(name, shape, Status.NOT_YET, "");
        }

        static Known obsolete(String name, Shape shape, String note) {
            return new Known(name, shape, Status.OBSOLETE, note);
        }
    }

    enum Status {
        HONOURED,
        /** Honoured, but not as Docker Compose does it: a warning. */
        DIFFERENTLY,
        /** It concerns only what Portolan does not do, such as Docker Compose's own output: a warning. */
        WITHOUT_EFFECT,
        /** An error, so that nothing is dropped in silence. */
        NOT_YET,
        /** Docker Compose ignores it too: a warning. */
        OBSOLETE
    }
}
