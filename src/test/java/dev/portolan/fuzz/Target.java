package dev.portolan.fuzz;

import dev.portolan.compose.InterpolationFuzz;
import dev.portolan.compose.MergeFuzz;
import dev.portolan.compose.ReaderFuzz;
import dev.portolan.config.PortolanFileFuzz;
import java.util.Locale;

/** What is fuzzed. */
public enum Target {
    /** A Compose file. */
    READER(ReaderFuzz.class, 28_000),
    /** Texts with variables, and the other small languages in values. */
    INTERPOLATION(InterpolationFuzz.class, 110_000),
    /** Two Compose files, one over the other. */
    MERGE(MergeFuzz.class, 10_000),
    /** portolan.yml. */
    PORTOLAN_FILE(PortolanFileFuzz.class, 68_000);

    private final Class<?> type;
    private final int inputsInAMinute;

    Target(Class<?> type, int inputsInAMinute) {
        this.type = type;
        this.inputsInAMinute = inputsInAMinute;
    }

    /** As many inputs as the machines that build try in a minute: a faster one tries the same ones, and not by chance others. */
    int inputsInAMinute() {
        return inputsInAMinute;
    }

    /** Of the class that takes inputs. */
    String className() {
        return type.getName();
    }

    /**
     * Tries one input.
     *
     * @throws AssertionError when a rule does not hold
     */
    void take(byte[] input) {
        switch (this) {
            case READER -> ReaderFuzz.fuzzerTestOneInput(input);
            case INTERPOLATION -> InterpolationFuzz.fuzzerTestOneInput(input);
            case MERGE -> MergeFuzz.fuzzerTestOneInput(input);
            case PORTOLAN_FILE -> PortolanFileFuzz.fuzzerTestOneInput(input);
        }
    }

    /** As flags and folders call it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
