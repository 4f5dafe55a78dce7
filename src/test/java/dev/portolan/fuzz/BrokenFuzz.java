package dev.portolan.fuzz;

import java.nio.charset.StandardCharsets;

/** Fuzz target: one that is broken. */
public final class BrokenFuzz {
    private BrokenFuzz() {}

    /** @param input anything but nothing breaks the rule */
    public static void fuzzerTestOneInput(byte[] input) {
        Broken.unless(input.length == 0, "what is broken is found", new String(input, StandardCharsets.US_ASCII));
    }
}
