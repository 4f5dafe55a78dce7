/** Portolan's own traffic layer: a HAProxy that sends each reader to the nearest region. */
@NullMarked
package dev.portolan.traffic.edge;

import org.jspecify.annotations.NullMarked;
