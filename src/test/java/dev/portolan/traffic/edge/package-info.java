@NullMarked
package dev.portolan.traffic.edge;

import org.jspecify.annotations.NullMarked;
