/** Records as JSON and back. */
@NullMarked
package dev.portolan.json;

import org.jspecify.annotations.NullMarked;
