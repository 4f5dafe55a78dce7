/** The demo: three regions on this machine, readers from the first deploy to the end, every request counted. */
@NullMarked
package dev.portolan.demo;

import org.jspecify.annotations.NullMarked;
