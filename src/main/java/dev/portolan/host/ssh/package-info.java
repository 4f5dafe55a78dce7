/** Machines that are reached over SSH: one connection each, kept, and everything through it. */
@NullMarked
package dev.portolan.host.ssh;

import org.jspecify.annotations.NullMarked;
