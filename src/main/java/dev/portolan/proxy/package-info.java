/** The proxy of a host: routes, cut-over, drain, figures. */
@NullMarked
package dev.portolan.proxy;

import org.jspecify.annotations.NullMarked;
