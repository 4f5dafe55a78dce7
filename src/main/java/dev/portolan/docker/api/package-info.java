/** The Docker Engine API, over whatever reaches the host's engine socket. */
@NullMarked
package dev.portolan.docker.api;

import org.jspecify.annotations.NullMarked;
