/** Sees to it that hosts have images: from a registry, or from the engine that has or builds them. */
@NullMarked
package dev.portolan.images;

import org.jspecify.annotations.NullMarked;
