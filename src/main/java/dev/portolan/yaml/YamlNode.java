package dev.portolan.yaml;

import dev.portolan.model.SourceLocation;
import java.util.List;
import java.util.Optional;

/** A YAML value that knows where it stands. Aliases are resolved and merge keys are merged. */
public sealed interface YamlNode {

    SourceLocation location();

    /** The explicit tag of its own, such as {@code !reset}; empty for none and for those of YAML itself. */
    String tag();

    /** @param entries in the order of the file; keys are unique */
    record Mapping(List<Entry> entries, String tag, SourceLocation location) implements YamlNode {

        public Mapping {
            entries = List.copyOf(entries);
        }

        public Mapping(List<Entry> entries, SourceLocation location) {
            this(entries, "", location);
        }

        public Optional<YamlNode> value(String key) {
            return entry(key).map(Entry::value);
        }

        public Optional<Entry> entry(String key) {
            for (Entry entry : entries) {
                if (entry.key().equals(key)) {
                    return Optional.of(entry);
                }
            }
            return Optional.empty();
        }
    }

    /** @param keyLocation of the key; the value has its own */
    record Entry(String key, SourceLocation keyLocation, YamlNode value) {}

    record Sequence(List<YamlNode> items, String tag, SourceLocation location) implements YamlNode {

        public Sequence {
            items = List.copyOf(items);
        }

        public Sequence(List<YamlNode> items, SourceLocation location) {
            this(items, "", location);
        }
    }

    /**
     * @param text as written, without quotes
     * @param quoted whether it was in quotes or a block, so that it is a string whatever it looks like
     */
    record Scalar(String text, boolean quoted, String tag, SourceLocation location) implements YamlNode {

        /** A string that stands where another value stood. */
        public static Scalar string(String text, SourceLocation location) {
            return new Scalar(text, true, "", location);
        }

        /** What it means by the rules of YAML. */
        public ScalarValue value() {
            return quoted ? new ScalarValue.Text(text) : ScalarValue.ofPlain(text);
        }

        /** Whether it stands for nothing: plain and empty, {@code ~} or {@code null}. */
        public boolean isNull() {
            return value() instanceof ScalarValue.Null;
        }
    }

    /** Whether it stands for nothing. */
    default boolean isNothing() {
        return this instanceof Scalar scalar && scalar.isNull();
    }

    /** What kind of value it is, for messages. */
    default String kind() {
        return switch (this) {
            case Mapping mapping -> "a mapping";
            case Sequence sequence -> "a list";
            case Scalar scalar -> scalar.value().kind();
        };
    }
}
