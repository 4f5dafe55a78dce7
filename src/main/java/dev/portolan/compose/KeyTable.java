package dev.portolan.compose;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The keys that the Compose Specification knows at one place, and what Portolan does with each.
 *
 * @param byName in the order in which the canonical project has them
 * @param required keys that must be there, each with an example of its value
 * @param others which other keys may stand there
 */
record KeyTable(Map<String, Known> byName, Map<String, String> required, Others others) {

    KeyTable {
        byName = Ordered.copy(byName);
        required = Ordered.copy(required);
    }

    static KeyTable of(Known... keys) {
        Map<String, Known> byName = new LinkedHashMap<>();
        Arrays.stream(keys).forEach(key -> byName.put(key.name(), key));
        return new KeyTable(byName, Map.of(), Others.EXTENSIONS);
    }

    /** @param examples such as {@code type: bind} */
    KeyTable requiring(String... examples) {
        Map<String, String> keys = new LinkedHashMap<>();
        Arrays.stream(examples).map(example -> example.split(": ", 2)).forEach(parts -> keys.put(parts[0], parts[1]));
        return new KeyTable(byName, keys, others);
    }

    /** Without keys that begin with {@code x-}. */
    KeyTable closed() {
        return new KeyTable(byName, required, Others.NONE);
    }

    KeyTable open() {
        return new KeyTable(byName, required, Others.ALL);
    }

    Optional<Known> key(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Collection<String> names() {
        return byName.keySet();
    }

    /** Whether the canonical project has the keys of the person, too. */
    boolean keepsExtensions() {
        return others != Others.DROPPED_EXTENSIONS;
    }

    /** With keys that begin with {@code x-}, which Docker Compose lets through and then drops. */
    KeyTable droppingExtensions() {
        return new KeyTable(byName, required, Others.DROPPED_EXTENSIONS);
    }

    enum Others {
        NONE,
        /** Keys of the person, which begin with {@code x-}. */
        EXTENSIONS,
        DROPPED_EXTENSIONS,
        /** All; what the table does not have is dropped. */
        ALL
    }

    /** When the canonical project has a key. */
    enum Presence {
        /** Unless its value is empty, 0 or false. */
        UNLESS_ZERO,
        /** Whenever a file has it. */
        IF_WRITTEN,
        /** Always in JSON; in YAML when its value is not empty. */
        ALWAYS_IN_JSON,
        ALWAYS
    }

    /**
     * @param jsonName what it is called in JSON; empty when it is left out there
     * @param note for {@code DIFFERENTLY} what Portolan does instead, for {@code WITHOUT_EFFECT} and {@code OBSOLETE} why,
     *     for {@code REFUSED} why and what to do instead; empty for the others
     */
    record Known(String name, String jsonName, Shape shape, Form form, Presence presence, Status status, String note) {

        static Known honoured(String name, Shape shape) {
            return known(name, shape, Status.HONOURED, "");
        }

        static Known differently(String name, Shape shape, String note) {
            return known(name, shape, Status.DIFFERENTLY, note);
        }

        static Known withoutEffect(String name, Shape shape, String note) {
            return known(name, shape, Status.WITHOUT_EFFECT, note);
        }

        static Known refused(String name, Shape shape, String note) {
            return known(name, shape, Status.REFUSED, note);
        }

        static Known obsolete(String name, Shape shape, String note) {
            return known(name, shape, Status.OBSOLETE, note);
        }

        private static Known known(String name, Shape shape, Status status, String note) {
            Form form = Form.of(shape);
            Presence presence = form instanceof Form.Fields ? Presence.IF_WRITTEN : Presence.UNLESS_ZERO;
            return new Known(name, name, shape, form, presence, status, note);
        }

        Known as(Form given) {
            return new Known(name, jsonName, shape, given, presence, status, note);
        }

        Known present(Presence given) {
            return new Known(name, jsonName, shape, form, given, status, note);
        }

        Known ifWritten() {
            return present(Presence.IF_WRITTEN);
        }

        Known calledInJson(String given) {
            return new Known(name, given, shape, form, presence, status, note);
        }
    }

    enum Status {
        HONOURED,
        /** Honoured, but not as Docker Compose does it: a warning. */
        DIFFERENTLY,
        /** It concerns only what Portolan does not do, such as Docker Compose's own output: a warning. */
        WITHOUT_EFFECT,
        /** It has no meaning where an app runs on several hosts: an error that says what to do instead. */
        REFUSED,
        /** Docker Compose ignores it too: a warning. */
        OBSOLETE
    }
}
