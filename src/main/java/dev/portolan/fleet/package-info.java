/** The hosts of an app, and parallel work over them. */
@NullMarked
package dev.portolan.fleet;

import org.jspecify.annotations.NullMarked;
