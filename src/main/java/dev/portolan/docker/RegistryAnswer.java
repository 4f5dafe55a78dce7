package dev.portolan.docker;

import java.util.Optional;

/** What comes of asking a registry for an image. */
public sealed interface RegistryAnswer {

    /** @param digest {@code sha256:...} */
    record Has(String digest) implements RegistryAnswer {}

    /**
     * The registry has no such image, does not show it to this machine, or cannot be reached.
     *
     * @param words of the engine that asked
     * @param remedy when it is about who asks
     */
    record HasNot(String words, Optional<String> remedy) implements RegistryAnswer {}
}
