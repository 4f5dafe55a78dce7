@NullMarked
package dev.portolan.haproxy;

import org.jspecify.annotations.NullMarked;
