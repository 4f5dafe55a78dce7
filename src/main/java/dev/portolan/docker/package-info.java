/** The container engine of a host. */
@NullMarked
package dev.portolan.docker;

import org.jspecify.annotations.NullMarked;
