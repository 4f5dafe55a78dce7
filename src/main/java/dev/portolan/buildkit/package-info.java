/**
 * BuildKit, the newer builder of the Docker Engine: gRPC over two streams, one on which it is told what to build and tells how
 * that goes on, and one on which it asks this side for files, secrets and credentials.
 */
@NullMarked
package dev.portolan.buildkit;

import org.jspecify.annotations.NullMarked;
