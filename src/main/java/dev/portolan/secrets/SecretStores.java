package dev.portolan.secrets;

import dev.portolan.model.SecretSource;

/** Opens stores, each when it is first asked for. */
@FunctionalInterface
public interface SecretStores {

    SecretStore at(SecretSource source);
}
