package dev.portolan.deploy;

/**
 * One thing that {@link Doctor} looked at.
 *
 * @param subject in a word or two
 * @param message what was found
 * @param remedy what to do; empty when all is well
 */
public record Finding(Grade grade, String subject, String message, String remedy) {

    public enum Grade {
        GOOD,
        /** Works, but could be better. */
        ADVICE,
        /** A deploy would fail, or readers would suffer. */
        WRONG
    }

    static Finding good(String subject, String message) {
        return new Finding(Grade.GOOD, subject, message, "");
    }

    static Finding advice(String subject, String message, String remedy) {
        return new Finding(Grade.ADVICE, subject, message, remedy);
    }

    static Finding wrong(String subject, String message, String remedy) {
        return new Finding(Grade.WRONG, subject, message, remedy);
    }
}
