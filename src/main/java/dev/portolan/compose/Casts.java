package dev.portolan.compose;

import java.util.Locale;
import java.util.regex.Pattern;

/** Strings that stand for numbers and booleans: what a variable gives is always a string. */
final class Casts {
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern FRACTION = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final int LONGEST = 400;

    private Casts() {}

    static long whole(String text) throws InvalidValue {
        if (text.length() <= LONGEST && WHOLE.matcher(text).matches()) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException tooLarge) {
                throw new InvalidValue("\"" + text + "\" is out of range", "write a smaller number");
            }
        }
        throw new InvalidValue("\"" + text + "\" is no whole number", "write one, such as 1");
    }

    static double fraction(String text) throws InvalidValue {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.matches("[-+]?inf(inity)?")) {
            return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (lower.equals("nan")) {
            return Double.NaN;
        }
        if (text.length() > LONGEST || !FRACTION.matcher(text).matches()) {
            throw new InvalidValue("\"" + text + "\" is no number", "write one, such as 0.5");
        }
        return Double.parseDouble(text);
    }

    static boolean truth(String text) throws InvalidValue {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "y", "yes", "on" -> true;
            case "false", "n", "no", "off" -> false;
            default -> throw new InvalidValue("\"" + text + "\" is no boolean", "write true or false");
        };
    }

    /** Whether a string stands for a boolean by the rules of YAML 1.1 only. */
    static boolean isOldTruth(String text) {
        return text.toLowerCase(Locale.ROOT).matches("y|yes|on|n|no|off");
    }
}
