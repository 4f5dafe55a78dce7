package dev.portolan.compose;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The keys and indexes that lead to a value, such as {@code services/web/ports/0}. A walk over a file makes one at each of its
 * values, so each holds its last part only.
 *
 * @param above the path of what the value stands in; empty for that of the whole file
 * @param last the key or index of the value in that
 */
record KeyPath(Optional<KeyPath> above, String last) {
    static final KeyPath ROOT = new KeyPath(Optional.empty(), "");

    /** @param path with slashes */
    static KeyPath of(String path) {
        KeyPath at = ROOT;
        for (String part : path.split("/", -1)) {
            at = at.child(part);
        }
        return at;
    }

    KeyPath child(String part) {
        return new KeyPath(Optional.of(this), part);
    }

    KeyPath child(int index) {
        return child(Integer.toString(index));
    }

    @Override
    public String toString() {
        Deque<String> parts = new ArrayDeque<>();
        Optional<KeyPath> at = Optional.of(this);
        while (at.flatMap(KeyPath::above).isPresent()) {
            parts.addFirst(at.get().last());
            at = at.get().above();
        }
        return String.join("/", parts);
    }
}
