/** The durable record of what was meant and what happened, and the lock. */
@NullMarked
package dev.portolan.journal;

import org.jspecify.annotations.NullMarked;
