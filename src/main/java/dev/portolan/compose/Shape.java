package dev.portolan.compose;

import java.util.List;
import java.util.Set;

/** What a value may look like, before any short syntax is turned into the long one. */
sealed interface Shape {

    enum Kind {
        STRING("a string"),
        NUMBER("a number"),
        WHOLE("a whole number"),
        TRUTH("true or false"),
        NOTHING("nothing");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** A scalar. */
    record Plain(Set<Kind> kinds) implements Shape {}

    /** One of a few words. */
    record Words(List<String> words) implements Shape {}

    /**
     * A list.
     *
     * @param distinct whether each item may stand once only
     */
    record Items(Shape item, boolean distinct) implements Shape {}

    /** A mapping with keys of the specification. */
    record Section(KeyTable keys) implements Shape {}

    /**
     * A mapping with keys of the person.
     *
     * @param named whether the keys are names: letters, digits, dots, hyphens and underscores
     */
    record Entries(Shape value, boolean named) implements Shape {}

    /** The first of these that fits by its kind. */
    record OneOf(List<Shape> shapes) implements Shape {}

    record Anything() implements Shape {}

    /** Words for messages, such as {@code a string or a list}. */
    default String expected() {
        return switch (this) {
            case Plain plain ->
                String.join(" or ", plain.kinds().stream().map(Kind::words).toList());
            case Words words -> "one of " + String.join(", ", words.words());
            case Items items -> "a list";
            case Section section -> "a mapping";
            case Entries entries -> "a mapping";
            case OneOf oneOf ->
                String.join(
                        " or ",
                        oneOf.shapes().stream().map(Shape::expected).distinct().toList());
            case Anything anything -> "anything";
        };
    }
}
