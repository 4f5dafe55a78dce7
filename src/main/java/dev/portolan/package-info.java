/** Portolan deploys one Docker Compose app to many regions, on several clouds, with no request lost. */
@NullMarked
package dev.portolan;

import org.jspecify.annotations.NullMarked;
