/** Vault and OpenBao, as a store. */
@NullMarked
package dev.portolan.secrets.vault;

import org.jspecify.annotations.NullMarked;
