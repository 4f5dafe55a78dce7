package dev.portolan.host;

import dev.portolan.model.HostAddress;
import java.io.IOException;
import java.util.Optional;

/** By what this person knows hosts. */
@FunctionalInterface
public interface HostKeys {

    /**
     * Tries to log in, and says whose key keeps us from it: that of the host, or of one on the way to it.
     *
     * @return empty when every key on the way is known
     * @throws dev.portolan.model.UserError when the host does not answer, or another key is known of it
     */
    Optional<UnknownHost> unknown(HostAddress.Ssh host);

    /** A host of which no key is known. */
    interface UnknownHost {

        /** As it will stand in the file. */
        String name();

        /** The kind of the key and its fingerprint, as OpenSSH writes them: {@code ssh-ed25519 SHA256:...}. */
        String fingerprint();

        /** The file of known hosts into which it goes. */
        String file();

        /** Trusts the key from now on. */
        void trust() throws IOException;
    }
}
