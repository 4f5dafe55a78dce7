package dev.portolan.setup;

/** Asks whoever runs the command line before something is installed or started on the machine. */
@FunctionalInterface
public interface Consent {

    /** For {@code --yes}, and where nobody could answer. */
    Consent GIVEN = question -> true;

    /**
     * @param question a sentence that ends with a question mark
     * @return whether to go on
     */
    boolean agrees(String question);
}
