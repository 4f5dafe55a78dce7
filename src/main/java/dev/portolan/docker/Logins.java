package dev.portolan.docker;

import dev.portolan.model.Secret;
import java.util.Optional;

/** Who this machine is to registries. Safe for use by many threads. */
public interface Logins {

    /** For those who are nobody anywhere. */
    Logins NONE = new Logins() {
        @Override
        public Optional<Login> to(String registry) {
            return Optional.empty();
        }

        @Override
        public String remedy(String registry) {
            return "use an image that everybody may fetch";
        }
    };

    /**
     * @param registry such as {@code ghcr.io}; Docker Hub is {@code docker.io}
     * @return empty when nobody has logged in
     */
    Optional<Login> to(String registry);

    /** What a person can do about a registry that refused who this machine is to it, as in "...; log in". */
    String remedy(String registry);

    /** @param user empty when the secret is a token */
    record Login(String user, Secret secret) {}
}
