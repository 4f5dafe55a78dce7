package dev.portolan.compose;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

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

    /** What the keys of a mapping may be called. */
    enum Names {
        ANY(".*"),
        NOT_EMPTY(".+"),
        /** Of services, volumes and the like. */
        RESOURCES("[a-zA-Z0-9._-]+"),
        LOWER_CASE("[a-z]+");

        private final Pattern pattern;

        Names(String pattern) {
            this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
        }

        boolean allow(String name) {
            return pattern.matcher(name).matches();
        }
    }

    /** A scalar. */
    record Plain(Set<Kind> kinds) implements Shape {}

    /** A whole number within bounds. */
    record Between(long lowest, long highest) implements Shape {}

    /** One of a few words. */
    record Words(List<String> words) implements Shape {}

    /**
     * A string of a certain form.
     *
     * @param pattern found somewhere in it
     * @param what it is then
     * @param words what to write
     */
    record Matching(Pattern pattern, String what, String words) implements Shape {}

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
     * @param checked only the values of keys with these names are looked at
     * @param strict whether other names are refused
     */
    record Entries(Shape value, Names checked, boolean strict) implements Shape {}

    /** The first of these that fits by its kind. */
    record OneOf(List<Shape> shapes) implements Shape {}

    record Anything() implements Shape {}

    /** Words for messages, such as {@code a string or a list}. */
    default String expected() {
        return switch (this) {
            case Plain plain ->
                String.join(" or ", plain.kinds().stream().map(Kind::words).toList());
            case Between between -> "a whole number";
            case Words words -> "one of " + String.join(", ", words.words());
            case Matching matching -> "a string";
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
