package dev.portolan.compose;

import java.util.ArrayList;
import java.util.List;

/** The keys and indexes that lead to a value, such as {@code services/web/ports/0}. */
record KeyPath(List<String> parts) {
    static final KeyPath ROOT = new KeyPath(List.of());
    private static final String ANY = "*";

    KeyPath {
        parts = List.copyOf(parts);
    }

    /** @param path with slashes; a star stands for any one part when it is used as a pattern */
    static KeyPath of(String path) {
        return new KeyPath(List.of(path.split("/", -1)));
    }

    KeyPath child(String part) {
        List<String> longer = new ArrayList<>(parts);
        longer.add(part);
        return new KeyPath(longer);
    }

    KeyPath child(int index) {
        return child(Integer.toString(index));
    }

    boolean matches(KeyPath pattern) {
        if (parts.size() != pattern.parts.size()) {
            return false;
        }
        for (int index = 0; index < parts.size(); index++) {
            String expected = pattern.parts.get(index);
            if (!expected.equals(ANY) && !expected.equals(parts.get(index))) {
                return false;
            }
        }
        return true;
    }

    boolean startsWith(KeyPath start) {
        return parts.size() >= start.parts.size()
                && parts.subList(0, start.parts.size()).equals(start.parts);
    }

    String last() {
        return parts.getLast();
    }

    @Override
    public String toString() {
        return String.join("/", parts);
    }
}
