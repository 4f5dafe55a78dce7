/** YAML as nodes that know their file, line and column. */
@NullMarked
package dev.portolan.yaml;

import org.jspecify.annotations.NullMarked;
