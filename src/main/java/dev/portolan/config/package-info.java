/** portolan.yml and the Compose files become a {@link dev.portolan.model.Desired} value, or every problem at once. */
@NullMarked
package dev.portolan.config;

import org.jspecify.annotations.NullMarked;
