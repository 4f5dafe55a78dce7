@NullMarked
package dev.portolan.proxy.haproxy;

import org.jspecify.annotations.NullMarked;
