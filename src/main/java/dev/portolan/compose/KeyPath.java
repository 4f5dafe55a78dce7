package dev.portolan.compose;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /** From the first to the last. */
    List<String> parts() {
        Deque<String> parts = new ArrayDeque<>();
        KeyPath at = this;
        while (at.above().isPresent()) {
            parts.addFirst(at.last());
            at = at.above().get();
        }
        return List.copyOf(parts);
    }

    @Override
    public String toString() {
        return String.join("/", parts());
    }

    // Written out, as in ScalarValue: what the compiler leaves to the start of the program costs a command of 0.1 s
    // some hundredths

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyPath path && last.equals(path.last) && above.equals(path.above);
    }

    @Override
    public int hashCode() {
        return 31 * above.hashCode() + last.hashCode();
    }
}
