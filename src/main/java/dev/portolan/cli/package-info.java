/**
 * The command line: one class a command, errors printed in one place. Starts with {@link dev.portolan.cli.Program}.
 */
@NullMarked
package dev.portolan.cli;

import org.jspecify.annotations.NullMarked;
