/**
 * Reads Compose files as Docker Compose 2.40 reads them. Each chapter of the Compose Specification is a class: {@link
 * dev.portolan.compose.ComposeReader} is where to start.
 */
@NullMarked
package dev.portolan.compose;

import org.jspecify.annotations.NullMarked;
