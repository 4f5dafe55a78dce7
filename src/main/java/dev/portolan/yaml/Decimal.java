package dev.portolan.yaml;

/**
 * A finite number as its shortest decimal digits: {@code 0.digits} times ten to the {@code point}. By hand, since the first
 * {@link java.math.BigDecimal} of a program costs milliseconds: it prepares powers of five for numbers of many thousand digits.
 *
 * @param digits without zeros at either end; empty for zero
 * @param point how many digits stand before the decimal point; negative for zeros after it
 */
record Decimal(boolean negative, String digits, int point) {

    /** @param text of a finite number as {@link Double#toString} and {@link Float#toString} write it */
    static Decimal of(String text) {
        boolean negative = text.startsWith("-");
        int mantissa = negative ? 1 : 0;
        int scientific = text.indexOf('E');
        int dot = text.indexOf('.');
        int end = scientific < 0 ? text.length() : scientific;
        String all = text.substring(mantissa, dot) + text.substring(dot + 1, end);
        int point = dot - mantissa + (scientific < 0 ? 0 : Integer.parseInt(text.substring(scientific + 1)));
        int first = 0;
        while (first < all.length() && all.charAt(first) == '0') {
            first++;
        }
        int last = all.length();
        while (last > first && all.charAt(last - 1) == '0') {
            last--;
        }
        return new Decimal(negative, all.substring(first, last), point - first);
    }

    boolean isZero() {
        return digits.isEmpty();
    }

    /**
     * Its digits with a decimal point where needed, or in scientific notation with at least two digits of exponent.
     *
     * @param lowestPlain the lowest power of ten that is written without an exponent
     * @param lowestScientific the first one above that which is not
     */
    String text(int lowestPlain, int lowestScientific) {
        int exponent = point - 1;
        String sign = negative ? "-" : "";
        return sign + (exponent >= lowestPlain && exponent < lowestScientific ? plain() : scientific(exponent));
    }

    private String plain() {
        if (point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        if (point >= digits.length()) {
            return digits + "0".repeat(point - digits.length());
        }
        return digits.substring(0, point) + "." + digits.substring(point);
    }

    private String scientific(int exponent) {
        return digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + (exponent < 0 ? "e-" : "e+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }
}
