/** The layer that steers readers to regions. */
@NullMarked
package dev.portolan.traffic;

import org.jspecify.annotations.NullMarked;
