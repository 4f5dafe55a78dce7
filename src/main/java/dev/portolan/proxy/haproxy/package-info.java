/** The proxy of a host by HAProxy: fixed slots for servers, changed while it runs. */
@NullMarked
package dev.portolan.proxy.haproxy;

import org.jspecify.annotations.NullMarked;
