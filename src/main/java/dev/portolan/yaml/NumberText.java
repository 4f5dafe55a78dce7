package dev.portolan.yaml;

import java.math.BigDecimal;

/** Numbers with a fraction as JSON writes them: the shortest digits that mean the number. */
public final class NumberText {
    private static final int LOWEST_PLAIN_EXPONENT = -6;
    private static final int LOWEST_SCIENTIFIC_EXPONENT = 21;

    private NumberText() {}

    public static String of(float value) {
        return Float.isFinite(value) ? of(new BigDecimal(Float.toString(value))) : Float.toString(value);
    }

    public static String of(double value) {
        return Double.isFinite(value) ? of(new BigDecimal(Double.toString(value))) : Double.toString(value);
    }

    private static String of(BigDecimal value) {
        if (value.signum() == 0) {
            return "0";
        }
        BigDecimal exact = value.stripTrailingZeros();
        int exponent = exact.precision() - exact.scale() - 1;
        if (exponent >= LOWEST_PLAIN_EXPONENT && exponent < LOWEST_SCIENTIFIC_EXPONENT) {
            return exact.toPlainString();
        }
        String digits = exact.unscaledValue().abs().toString();
        return (value.signum() < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + (exponent < 0 ? "e-" : "e+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }
}
