/** The benchmarks that {@code bench/run} runs; {@code docs/benchmarks.md} says what they measure. They are no tests. */
@NullMarked
package dev.portolan.bench;

import org.jspecify.annotations.NullMarked;
