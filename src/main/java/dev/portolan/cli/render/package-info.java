/**
 * What commands say, as values ({@link dev.portolan.cli.render.Event}), and the three ways to show it: a live tree, plain
 * lines, JSON lines.
 */
@NullMarked
package dev.portolan.cli.render;

import org.jspecify.annotations.NullMarked;
