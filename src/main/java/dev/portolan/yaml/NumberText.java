package dev.portolan.yaml;

/** Numbers with a fraction as JSON writes them: the shortest digits that mean the number. */
public final class NumberText {
    private static final int LOWEST_PLAIN_EXPONENT = -6;
    private static final int LOWEST_SCIENTIFIC_EXPONENT = 21;

    private NumberText() {}

    public static String of(float value) {
        return Float.isFinite(value) ? text(Float.toString(value)) : Float.toString(value);
    }

    public static String of(double value) {
        return Double.isFinite(value) ? text(Double.toString(value)) : Double.toString(value);
    }

    private static String text(String number) {
        Decimal decimal = Decimal.of(number);
        return decimal.isZero() ? "0" : decimal.text(LOWEST_PLAIN_EXPONENT, LOWEST_SCIENTIFIC_EXPONENT);
    }
}
