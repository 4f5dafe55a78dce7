/** HAProxy itself, for the proxy of a host and for the edge: its process, its words, its runtime API. */
@NullMarked
package dev.portolan.haproxy;

import org.jspecify.annotations.NullMarked;
