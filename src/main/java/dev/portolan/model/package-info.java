/** What is asked for and what is there, as values: no I/O, no clock, no randomness. */
@NullMarked
package dev.portolan.model;

import org.jspecify.annotations.NullMarked;
