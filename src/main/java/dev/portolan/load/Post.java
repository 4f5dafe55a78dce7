package dev.portolan.load;

/** A POST that has ended. */
public record Post(String id, String place, Outcome outcome) {

    /** As the reader knows it. */
    public enum Outcome {
        SUCCEEDED,
        FAILED,
        /** In flight at a {@link Fault}: it may have had its effect or not. */
        CUT_OFF
    }
}
