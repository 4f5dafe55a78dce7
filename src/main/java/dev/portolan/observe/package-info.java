/** Asks every host what runs there. */
@NullMarked
package dev.portolan.observe;

import org.jspecify.annotations.NullMarked;
