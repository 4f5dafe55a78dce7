/**
 * Readers at a constant rate, with every answer counted: the one load harness of the demo, of {@code portolan probe}, of the
 * tests and of the benchmarks. Start reading at {@link dev.portolan.load.Load}.
 */
@NullMarked
package dev.portolan.load;

import org.jspecify.annotations.NullMarked;
