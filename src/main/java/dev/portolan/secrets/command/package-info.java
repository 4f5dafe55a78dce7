/** Any command that prints a secret, as a store. */
@NullMarked
package dev.portolan.secrets.command;

import org.jspecify.annotations.NullMarked;
