package dev.portolan.compose;

import dev.portolan.compose.Shape.Kind;
import dev.portolan.compose.Shape.Names;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/** The shapes that recur in the Compose Specification, and short names for making others. */
final class Shapes {
    static final Shape STRING = plain(Kind.STRING);
    static final Shape NUMBER = plain(Kind.NUMBER);
    static final Shape NUMBER_OR_STRING = plain(Kind.STRING, Kind.NUMBER);
    static final Shape WHOLE = plain(Kind.WHOLE);
    static final Shape WHOLE_OR_STRING = plain(Kind.STRING, Kind.WHOLE);
    static final Shape TRUTH_OR_STRING = plain(Kind.STRING, Kind.TRUTH);
    static final Shape TRUTH = plain(Kind.TRUTH);
    static final Shape NOTHING = plain(Kind.NOTHING);
    static final Shape STRINGS = new Shape.Items(STRING, false);
    static final Shape DISTINCT_STRINGS = new Shape.Items(STRING, true);
    static final Shape STRING_OR_STRINGS = oneOf(STRING, STRINGS);
    static final Shape STRING_OR_DISTINCT_STRINGS = oneOf(STRING, DISTINCT_STRINGS);
    /** {@code list_or_dict} of the specification: {@code [A=1, B]} or {@code {A: 1, B: }}. */
    static final Shape PAIRS = oneOf(
            new Shape.Entries(plain(Kind.STRING, Kind.NUMBER, Kind.TRUTH, Kind.NOTHING), Names.NOT_EMPTY, true),
            DISTINCT_STRINGS);
    /** Options of a driver. */
    static final Shape OPTIONS = entries(NUMBER_OR_STRING);

    static final Shape COMMAND = oneOf(NOTHING, STRING, STRINGS);
    static final Shape ANYTHING = new Shape.Anything();

    private Shapes() {}

    static Shape plain(Kind first, Kind... others) {
        return new Shape.Plain(EnumSet.of(first, others));
    }

    static Shape words(String... words) {
        return new Shape.Words(List.of(words));
    }

    static Shape items(Shape item) {
        return new Shape.Items(item, false);
    }

    static Shape distinctItems(Shape item) {
        return new Shape.Items(item, true);
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

    /** A mapping with keys of the person. */
    static Shape entries(Shape value) {
        return new Shape.Entries(value, Names.ANY, false);
    }

    /** A mapping with keys of the person, which must not be empty. */
    static Shape namedEntries(Shape value) {
        return new Shape.Entries(value, Names.NOT_EMPTY, true);
    }

    /** A mapping from the names of services, volumes and the like. */
    static Shape resources(Shape value) {
        return new Shape.Entries(value, Names.RESOURCES, true);
    }

    /** The same where other names are let through, and what they hold is not looked at. */
    static Shape looseResources(Shape value) {
        return new Shape.Entries(value, Names.RESOURCES, false);
    }
}
