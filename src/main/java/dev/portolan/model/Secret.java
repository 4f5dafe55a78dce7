package dev.portolan.model;

import java.util.Arrays;

/** A value that must be in no output, journal, plan, label or command line. It opens in {@link #reveal()} only. */
public final class Secret {
    private final byte[] value;

    public Secret(byte[] value) {
        this.value = value.clone();
    }

    /** The value itself, for the one place that hands it over. */
    public byte[] reveal() {
        return value.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && Arrays.equals(value, secret.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
