package dev.portolan.compose;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Compares JSON texts as trees: the order of keys is nothing, the order of arrays counts. */
public final class JsonTrees {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonTrees() {}

    /** What differs, each with the path to it; empty if nothing does. */
    public static List<String> differences(String expected, String actual) {
        try {
            List<String> found = new ArrayList<>();
            compare("", MAPPER.readTree(expected), MAPPER.readTree(actual), found);
            return found;
        } catch (JsonProcessingException broken) {
            return List.of("not JSON: " + broken.getMessage());
        }
    }

    private static void compare(String path, JsonNode expected, JsonNode actual, List<String> found) {
        if (expected.isObject() && actual.isObject()) {
            TreeSet<String> names = new TreeSet<>();
            expected.fieldNames().forEachRemaining(names::add);
            actual.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> compare(path + "/" + name, expected.path(name), actual.path(name), found));
        } else if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
            for (int index = 0; index < expected.size(); index++) {
                compare(path + "/" + index, expected.path(index), actual.path(index), found);
            }
        } else if (!expected.equals(actual)) {
            found.add(path + ": expected " + text(expected) + ", was " + text(actual));
        }
    }

    private static String text(JsonNode node) {
        return node.isMissingNode() ? "nothing" : node.toString();
    }
}
