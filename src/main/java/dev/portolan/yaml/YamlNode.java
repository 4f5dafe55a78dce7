package dev.portolan.yaml;

import dev.portolan.model.SourceLocation;
import java.util.List;
import java.util.Optional;

/** A YAML value that knows where it stands. Aliases are resolved and merge keys are merged. */
public sealed interface YamlNode {

    SourceLocation location();

    /** @param entries in the order of the file; keys are unique */
    record Mapping(List<Entry> entries, SourceLocation location) implements YamlNode {

        public Optional<YamlNode> value(String key) {
            return entries.stream()
                    .filter(entry -> entry.key().equals(key))
                    .map(Entry::value)
                    .findFirst();
        }
    }

    /** @param keyLocation of the key; the value has its own */
    record Entry(String key, SourceLocation keyLocation, YamlNode value) {}

    record Sequence(List<YamlNode> items, SourceLocation location) implements YamlNode {}

    /**
     * @param text as written, without quotes
     * @param quoted whether it was in quotes or a block, so that it is a string whatever it looks like
     * @param tag explicit tag such as {@code !reset}, empty for none
     */
    record Scalar(String text, boolean quoted, String tag, SourceLocation location) implements YamlNode {

        /** Whether it stands for nothing: plain and empty, {@code ~} or {@code null}. */
        public boolean isNull() {
            return !quoted && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
        }
    }

    /** What kind of value it is, for messages. */
    default String kind() {
        return switch (this) {
            case Mapping mapping -> "a mapping";
            case Sequence sequence -> "a list";
            case Scalar scalar -> scalar.isNull() ? "nothing" : "a value";
        };
    }
}
