package dev.portolan.model;

import java.util.Map;

/**
 * What programs are made for.
 *
 * @param system such as {@code linux}
 * @param processor as images name it, such as {@code amd64}
 * @param variant of the processor, such as {@code v7}; empty for the usual one
 */
public record Platform(String system, String processor, String variant) {
    /** What the kernel of a machine calls its processor, where images call it otherwise. */
    private static final Map<String, String> BY_MACHINE = Map.of(
            "x86_64", "amd64",
            "aarch64", "arm64",
            "armv6l", "arm/v6",
            "armv7l", "arm/v7",
            "armv8l", "arm64",
            "i386", "386",
            "i686", "386");

    /** Processors that run what was made for their forerunner. */
    private static final Map<String, String> RUNS_TOO = Map.of("amd64", "386", "arm64", "arm");

    /** @param text such as {@code linux/arm64} or {@code linux/arm/v7} */
    public static Platform parse(String text) {
        String[] parts = text.split("/", -1);
        return new Platform(parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "");
    }

    /** That of a Linux machine, by what its kernel or its engine calls the processor, such as {@code x86_64}. */
    public static Platform ofMachine(String machine) {
        return parse("linux/" + BY_MACHINE.getOrDefault(machine, machine));
    }

    /** Whether a machine of this platform runs what was made for the other, without emulation. */
    public boolean runs(Platform other) {
        if (!system.equals(other.system)) {
            return false;
        }
        if (!processor.equals(other.processor)) {
            return other.processor.equals(RUNS_TOO.get(processor));
        }
        boolean known = processor.equals("arm") && !variant.isEmpty() && !other.variant.isEmpty();
        return !known || variant.compareTo(other.variant) >= 0;
    }

    @Override
    public String toString() {
        return system + "/" + processor + (variant.isEmpty() ? "" : "/" + variant);
    }
}
