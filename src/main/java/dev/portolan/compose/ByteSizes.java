package dev.portolan.compose;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes such as {@code 512m}, {@code 1.5 GiB} or {@code 1024}: units are powers of 1024, with or without {@code b}. */
final class ByteSizes {
    private static final Pattern SIZE = Pattern.compile("([0-9]*\\.?[0-9]+|[0-9]+\\.) ?(b|([kmgtp])(i?b)?)?");
    private static final int LONGEST = 40;
    private static final int UNIT_BITS = 10;

    private ByteSizes() {}

    /** @throws InvalidValue when it is none, negative, or more than a long holds */
    static long parse(String text) throws InvalidValue {
        Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (text.length() > LONGEST || !size.matches()) {
            throw invalid(text);
        }
        int power = size.group(3) == null ? 0 : "kmgtp".indexOf(size.group(3)) + 1;
        double bytes = Double.parseDouble(size.group(1)) * (1L << (UNIT_BITS * power)); // rounds as Docker does
        if (bytes >= Long.MAX_VALUE) {
            throw invalid(text);
        }
        return (long) bytes;
    }

    private static InvalidValue invalid(String text) {
        return new InvalidValue(
                "\"" + text + "\" is no size", "write a number of bytes, or one with a unit, such as 512m or 1.5g");
    }
}
