/** The machine that the command line itself runs on. */
@NullMarked
package dev.portolan.host.local;

import org.jspecify.annotations.NullMarked;
