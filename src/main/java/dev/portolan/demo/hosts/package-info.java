/** Hosts of the world on one machine: each a container with an address, systemd, OpenSSH and a Docker Engine of its own. */
@NullMarked
package dev.portolan.demo.hosts;

import org.jspecify.annotations.NullMarked;
