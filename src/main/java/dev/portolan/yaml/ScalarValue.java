package dev.portolan.yaml;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a scalar means. The rules are those of the YAML library of Docker Compose: YAML 1.2, where {@code yes} and {@code on}
 * are strings, with the octal ({@code 014}), binary and underscored numbers of YAML 1.1.
 */
public sealed interface ScalarValue {

    /** The value as Docker Compose writes it into a string, for example for {@code environment}. */
    String text();

    /** For messages. */
    String kind();

    record Null() implements ScalarValue {
        @Override
        public String text() {
            return "";
        }

        @Override
        public String kind() {
            return "nothing";
        }
    }

    record Truth(boolean value) implements ScalarValue {
        @Override
        public String text() {
            return Boolean.toString(value);
        }

        @Override
        public String kind() {
            return "a boolean";
        }
    }

    record Whole(BigInteger value) implements ScalarValue {
        @Override
        public String text() {
            return value.toString();
        }

        @Override
        public String kind() {
            return "a number";
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Whole same && value.equals(same.value);
        }

        @Override
        public int hashCode() {
            return value.hashCode();
        }
    }

    record Fraction(double value) implements ScalarValue {
        private static final int LOWEST_PLAIN_EXPONENT = -4;
        private static final int LOWEST_SCIENTIFIC_EXPONENT = 6;

        /** The shortest digits that mean this value; scientific from a million upwards. */
        @Override
        public String text() {
            if (Double.isNaN(value)) {
                return "NaN";
            }
            if (Double.isInfinite(value)) {
                return value > 0 ? "+Inf" : "-Inf";
            }
            if (value == 0) {
                return 1 / value < 0 ? "-0" : "0";
            }
            return Decimal.of(Double.toString(value)).text(LOWEST_PLAIN_EXPONENT, LOWEST_SCIENTIFIC_EXPONENT);
        }

        @Override
        public String kind() {
            return "a number";
        }
    }

    /**
     * A date or a time without quotes, which no Compose key takes.
     *
     * @param text in the form of RFC 3339, as Docker Compose writes it again
     */
    record Date(String text) implements ScalarValue {
        private static final Pattern FORM = Pattern.compile(
                "(\\d{4})-(\\d{1,2})-(\\d{1,2})(?:[Tt ](\\d{1,2}):(\\d{1,2}):(\\d{1,2})(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)?)?");

        /** Empty for what is no date, or one that no calendar has. */
        static Optional<Date> of(String written) {
            Matcher form = FORM.matcher(written);
            boolean zoned = written.indexOf('T') > 0 || written.indexOf('t') > 0;
            if (!form.matches() || zoned == (form.group(8) == null)) {
                return Optional.empty();
            }
            try {
                LocalDateTime time = LocalDateTime.of(
                        number(form, 1),
                        number(form, 2),
                        number(form, 3),
                        number(form, 4),
                        number(form, 5),
                        number(form, 6));
                String fraction = Optional.ofNullable(form.group(7)).orElse("").replaceAll("\\.?0*$", "");
                String zone = Optional.ofNullable(form.group(8)).orElse("Z").replaceAll("[+-]00:00", "Z");
                return Optional.of(new Date(time.format(DateTimeFormatter.ISO_LOCAL_DATE_TIME) + fraction + zone));
            } catch (DateTimeException inNoCalendar) {
                return Optional.empty();
            }
        }

        private static int number(Matcher form, int group) {
            return Integer.parseInt(Optional.ofNullable(form.group(group)).orElse("0"));
        }

        @Override
        public String kind() {
            return "a date";
        }
    }

    record Text(String text) implements ScalarValue {
        @Override
        public String kind() {
            return "a string";
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Text same && text.equals(same.text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    /** What a scalar without quotes means. */
    static ScalarValue ofPlain(String text) {
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> new Null();
            case "true", "True", "TRUE" -> new Truth(true);
            case "false", "False", "FALSE" -> new Truth(false);
            case ".nan", ".NaN", ".NAN" -> new Fraction(Double.NaN);
            case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" -> new Fraction(Double.POSITIVE_INFINITY);
            case "-.inf", "-.Inf", "-.INF" -> new Fraction(Double.NEGATIVE_INFINITY);
            default -> Numbers.looksLikeOne(text) ? Numbers.parse(text) : new Text(text);
        };
    }

    /** Numbers in all the notations that are understood. */
    final class Numbers {
        private static final Pattern WHOLE =
                Pattern.compile("([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))");
        private static final Pattern FRACTION =
                Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
        private static final int LONGEST = 400;

        private Numbers() {}

        private static boolean looksLikeOne(String text) {
            return text.length() <= LONGEST && "0123456789-+.".indexOf(text.charAt(0)) >= 0;
        }

        private static ScalarValue parse(String text) {
            Optional<Date> date = Date.of(text);
            if (date.isPresent()) {
                return date.get();
            }
            String plain = text.charAt(0) == '.' ? text : text.replace("_", "");
            Optional<ScalarValue> whole = whole(plain);
            if (whole.isPresent()) {
                return whole.get();
            }
            return FRACTION.matcher(plain).matches() ? new Fraction(Double.parseDouble(plain)) : new Text(text);
        }

        private static Optional<ScalarValue> whole(String plain) {
            var matcher = WHOLE.matcher(plain);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            int[] bases = {0, 0, 16, 2, 8, 10};
            for (int group = 2; group < bases.length; group++) {
                String digits = matcher.group(group);
                if (digits != null) {
                    BigInteger magnitude = new BigInteger(digits, bases[group]);
                    BigInteger value = "-".equals(matcher.group(1)) ? magnitude.negate() : magnitude;
                    boolean fits = value.signum() < 0 ? value.bitLength() < Long.SIZE : value.bitLength() <= Long.SIZE;
                    return fits ? Optional.of(new Whole(value)) : Optional.empty();
                }
            }
            return Optional.empty();
        }
    }
}
