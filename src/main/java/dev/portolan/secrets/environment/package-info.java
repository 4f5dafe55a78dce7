/** Variables of whoever runs the command, as a store. */
@NullMarked
package dev.portolan.secrets.environment;

import org.jspecify.annotations.NullMarked;
