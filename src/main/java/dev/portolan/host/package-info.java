/** Access to a machine: files that survive a power cut, and byte streams to its sockets. */
@NullMarked
package dev.portolan.host;

import org.jspecify.annotations.NullMarked;
