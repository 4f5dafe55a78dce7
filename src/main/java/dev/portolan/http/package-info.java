/** HTTP/1.1 over any byte stream: one request at a time on a connection, nothing retried, nothing hidden. */
@NullMarked
package dev.portolan.http;

import org.jspecify.annotations.NullMarked;
