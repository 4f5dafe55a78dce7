package dev.portolan.host.ssh;

import java.nio.file.Path;
import java.util.Optional;

/** Asks a person for the passphrases of encrypted keys. */
@FunctionalInterface
public interface Passphrases {

    /**
     * @param again whether the last one was wrong
     * @return empty when nobody can be asked, or nothing was said: then the key is not used
     */
    Optional<String> of(Path key, boolean again);
}
