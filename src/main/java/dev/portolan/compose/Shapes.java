package dev.portolan.compose;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/** The shapes that recur in the Compose Specification, and short names for making others. */
final class Shapes {
    static final Shape STRING = new Shape.Plain(EnumSet.of(Shape.Kind.STRING));
    static final Shape NUMBER_OR_STRING = new Shape.Plain(EnumSet.of(Shape.Kind.STRING, Shape.Kind.NUMBER));
    static final Shape WHOLE_OR_STRING = new Shape.Plain(EnumSet.of(Shape.Kind.STRING, Shape.Kind.WHOLE));
    static final Shape TRUTH_OR_STRING = new Shape.Plain(EnumSet.of(Shape.Kind.STRING, Shape.Kind.TRUTH));
    static final Shape TRUTH = new Shape.Plain(EnumSet.of(Shape.Kind.TRUTH));
    static final Shape NOTHING = new Shape.Plain(EnumSet.of(Shape.Kind.NOTHING));
    static final Shape STRINGS = new Shape.Items(STRING, false);
    static final Shape DISTINCT_STRINGS = new Shape.Items(STRING, true);
    static final Shape STRING_OR_STRINGS = new Shape.OneOf(List.of(STRING, STRINGS));
    /** {@code list_or_dict} of the specification: {@code [A=1, B]} or {@code {A: 1, B: }}. */
    static final Shape PAIRS = new Shape.OneOf(List.of(
            new Shape.Entries(
                    new Shape.Plain(
                            EnumSet.of(Shape.Kind.STRING, Shape.Kind.NUMBER, Shape.Kind.TRUTH, Shape.Kind.NOTHING)),
                    false),
            STRINGS));
    /** Options of a driver. */
    static final Shape OPTIONS = new Shape.Entries(
            new Shape.Plain(EnumSet.of(Shape.Kind.STRING, Shape.Kind.NUMBER, Shape.Kind.NOTHING)), false);

    static final Shape COMMAND = new Shape.OneOf(List.of(NOTHING, STRING, STRINGS));
    static final Shape ANYTHING = new Shape.Anything();

    private Shapes() {}

    static Shape words(String... words) {
        return new Shape.Words(List.of(words));
    }

    static Shape items(Shape item) {
        return new Shape.Items(item, false);
    }

    static Shape oneOf(Shape... shapes) {
        return new Shape.OneOf(Arrays.asList(shapes));
    }

    static Shape orNothing(Shape shape) {
        return oneOf(NOTHING, shape);
    }

    static Shape section(KeyTable keys) {
        return new Shape.Section(keys);
    }
}
