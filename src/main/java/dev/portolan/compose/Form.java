package dev.portolan.compose;

import dev.portolan.compose.Shape.Kind;

/** What a value is once its long syntax is read: its type in the canonical project. */
sealed interface Form {

    /** What is written as one scalar. */
    enum Single implements Form {
        TEXT,
        TRUTH,
        WHOLE,
        /** From 0 upwards. */
        UNSIGNED,
        /** With the precision of 32 bits. */
        FRACTION,
        /** A size, written as a string of digits. */
        BYTES,
        DURATION,
        /** Rights of a file, written in octal digits. */
        MODE,
        /** A number, or {@code all}, which is written as -1. */
        COUNT
    }

    /** What is written as a mapping from names to strings, or as a list of {@code name=value}. */
    enum Pairs implements Form {
        /** A name without a value is kept without one. */
        VARIABLES,
        /** A name without a value has an empty one. */
        TEXTS,
        /** A name may have several values. */
        LISTS
    }

    /** What has a syntax of its own. */
    enum Special implements Form {
        COMMAND,
        TEST,
        HOSTS,
        SSH,
        LIMIT,
        /** Strings, also when they are written as numbers. */
        NUMBERS_AS_TEXTS,
        /** Something that Docker Compose lets through and then drops. */
        DROPPED
    }

    record Items(Form item) implements Form {}

    /** Keys of the specification. */
    record Fields(KeyTable keys) implements Form {}

    /** Keys of the person. */
    record Named(Form value) implements Form {}

    /** The form that goes with a shape, where the specification says nothing else; of several, with the long syntax. */
    static Form of(Shape shape) {
        return switch (shape) {
            case Shape.Plain plain when plain.kinds().contains(Kind.TRUTH) -> Single.TRUTH;
            case Shape.Plain plain
            when plain.kinds().contains(Kind.WHOLE) || plain.kinds().contains(Kind.NUMBER) -> Single.WHOLE;
            case Shape.Plain plain -> Single.TEXT;
            case Shape.Between between -> Single.WHOLE;
            case Shape.Words words -> Single.TEXT;
            case Shape.Matching matching -> Single.TEXT;
            case Shape.Items items -> new Items(of(items.item()));
            case Shape.Section section -> new Fields(section.keys());
            case Shape.Entries entries -> new Named(of(entries.value()));
            case Shape.OneOf oneOf -> of(oneOf.shapes().getLast());
            case Shape.Anything anything -> Special.DROPPED;
        };
    }
}
