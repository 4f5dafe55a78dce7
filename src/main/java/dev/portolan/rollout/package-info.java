/** Executes a plan, watches it, and goes back when it fails. */
@NullMarked
package dev.portolan.rollout;

import org.jspecify.annotations.NullMarked;
