package dev.portolan.model;

import java.util.Optional;

/**
 * A secret as a release has it: where the value is and which one, never the value.
 *
 * @param name as portolan.yml calls it: {@code NAME}, or {@code STORE/NAME} where there are several stores
 * @param key by which the source knows it
 * @param version by which the source gives this very value; empty when it keeps none but the last
 * @param identity that values have in common only when they are the same one: by it a container is replaced, or is not. A
 *     version where that belongs to this secret alone, otherwise a fingerprint that nobody without the app's key can make
 */
public record PinnedSecret(String name, SecretSource source, String key, String version, String identity) {
    private static final int SHORT = 8;

    /** What stands for the value in a text. */
    public String mark() {
        return mark(name);
    }

    /** What stands for the value of a secret in a text. */
    public static String mark(String name) {
        return "${secret:" + name + "}";
    }

    /** Which value it is, for a person: such as {@code v3}. */
    public Optional<String> versionText() {
        return version.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        version.chars().allMatch(Character::isDigit)
                                ? "v" + version
                                : version.substring(0, Math.min(SHORT, version.length())));
    }
}
