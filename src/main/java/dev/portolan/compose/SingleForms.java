package dev.portolan.compose;

import dev.portolan.compose.Form.Single;
import dev.portolan.yaml.NumberText;
import dev.portolan.yaml.ScalarValue;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlNode.Sequence;
import java.math.BigInteger;

/** Scalars in the one form in which the canonical project has them. */
final class SingleForms {
    private static final int OCTAL = 8;

    private SingleForms() {}

    /** @throws InvalidValue when it cannot be read as that */
    static Scalar of(YamlNode node, Single form) throws InvalidValue {
        if (!(node instanceof Scalar scalar)) {
            throw wrongKind(node, expected(form));
        }
        return switch (form) {
            case TEXT -> text(scalar);
            case TRUTH -> Trees.truth(truth(scalar), scalar.location());
            case WHOLE -> Trees.number(whole(scalar).toString(), scalar.location());
            case UNSIGNED -> Trees.number(unsigned(scalar).toString(), scalar.location());
            case FRACTION -> fraction(scalar);
            case BYTES -> bytes(scalar);
            case DURATION ->
                Scalar.string(Durations.text(Durations.parse(scalar.value().text())), scalar.location());
            case MODE -> mode(scalar);
            case COUNT -> count(scalar);
        };
    }

    static Mapping mapping(YamlNode node) throws InvalidValue {
        if (node instanceof Mapping mapping) {
            return mapping;
        }
        throw wrongKind(node, "a mapping");
    }

    static Sequence sequence(YamlNode node) throws InvalidValue {
        if (node instanceof Sequence sequence) {
            return sequence;
        }
        throw wrongKind(node, "a list");
    }

    private static InvalidValue wrongKind(YamlNode node, String expected) {
        return new InvalidValue("must be " + expected + ", not " + node.kind(), "write " + expected);
    }

    private static String expected(Single form) {
        return switch (form) {
            case TEXT, DURATION, MODE -> "a string";
            case TRUTH -> "true or false";
            case WHOLE, UNSIGNED, COUNT -> "a whole number";
            case FRACTION -> "a number";
            case BYTES -> "a size";
        };
    }

    private static Scalar text(Scalar scalar) throws InvalidValue {
        return switch (scalar.value()) {
            case ScalarValue.Text text -> scalar;
            case ScalarValue.Whole whole -> Scalar.string(whole.text(), scalar.location());
            default -> throw new InvalidValue("must be a string, not " + scalar.kind(), "put it in quotes");
        };
    }

    private static boolean truth(Scalar scalar) throws InvalidValue {
        return switch (scalar.value()) {
            case ScalarValue.Truth truth -> truth.value();
            case ScalarValue.Text text -> Casts.truth(text.text());
            default -> throw wrongKind(scalar, expected(Single.TRUTH));
        };
    }

    private static BigInteger whole(Scalar scalar) throws InvalidValue {
        return switch (scalar.value()) {
            case ScalarValue.Whole whole -> whole.value();
            case ScalarValue.Fraction fraction -> BigInteger.valueOf((long) fraction.value());
            case ScalarValue.Text text -> BigInteger.valueOf(Casts.whole(text.text()));
            default -> throw wrongKind(scalar, expected(Single.WHOLE));
        };
    }

    private static BigInteger unsigned(Scalar scalar) throws InvalidValue {
        if (Trees.isText(scalar)) {
            throw wrongKind(scalar, expected(Single.UNSIGNED));
        }
        BigInteger value = whole(scalar);
        if (value.signum() < 0) {
            throw new InvalidValue("\"" + value + "\" is below 0", "write a number from 0 upwards");
        }
        return value;
    }

    private static Scalar fraction(Scalar scalar) throws InvalidValue {
        double value = switch (scalar.value()) {
            case ScalarValue.Whole whole -> whole.value().doubleValue();
            case ScalarValue.Fraction fraction -> fraction.value();
            case ScalarValue.Text text -> Casts.fraction(text.text());
            default -> throw wrongKind(scalar, expected(Single.FRACTION));
        };
        return Trees.number(NumberText.of((float) value), scalar.location());
    }

    private static Scalar bytes(Scalar scalar) throws InvalidValue {
        return switch (scalar.value()) {
            case ScalarValue.Whole whole -> Scalar.string(whole.text(), scalar.location());
            case ScalarValue.Text text -> Scalar.string(Long.toString(ByteSizes.parse(text.text())), scalar.location());
            default -> Scalar.string("0", scalar.location()); // what Docker Compose makes of half a byte
        };
    }

    private static Scalar mode(Scalar scalar) throws InvalidValue {
        BigInteger mode = switch (scalar.value()) {
            case ScalarValue.Whole whole -> whole.value();
            case ScalarValue.Text text -> octal(text.text());
            default ->
                throw new InvalidValue("must be the rights of a file, not " + scalar.kind(), "write for example 0440");
        };
        return Scalar.string("0" + mode.toString(OCTAL), scalar.location());
    }

    private static BigInteger octal(String text) throws InvalidValue {
        if (!text.matches("[-+]?[0-7]{1,20}")) {
            throw new InvalidValue("\"" + text + "\" is no number in octal digits", "write for example \"0440\"");
        }
        return new BigInteger(text, OCTAL);
    }

    private static Scalar count(Scalar scalar) throws InvalidValue {
        if (scalar.value() instanceof ScalarValue.Text(String text)) {
            if (text.equalsIgnoreCase("all")) {
                return Trees.number("-1", scalar.location());
            }
            return Trees.number(Long.toString(Casts.whole(text)), scalar.location());
        }
        return Trees.number(whole(scalar).toString(), scalar.location());
    }
}
