/** Compares what is asked for with what is there, and says what to do, in order. Pure. */
@NullMarked
package dev.portolan.plan;

import org.jspecify.annotations.NullMarked;
