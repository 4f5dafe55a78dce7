package dev.portolan.fuzz;

import dev.portolan.compose.InterpolationFuzz;
import dev.portolan.compose.MergeFuzz;
import dev.portolan.compose.ReaderFuzz;
import dev.portolan.config.PortolanFileFuzz;
import java.util.Locale;

/** What is fuzzed. */
public enum Target {
    /** A Compose file. */
    READER(ReaderFuzz.class),
    /** Texts with variables, and the other small languages in values. */
    INTERPOLATION(InterpolationFuzz.class),
    /** Two Compose files, one over the other. */
    MERGE(MergeFuzz.class),
    /** portolan.yml. */
    PORTOLAN_FILE(PortolanFileFuzz.class);

    private final Class<?> type;

    Target(Class<?> type) {
        this.type = type;
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
