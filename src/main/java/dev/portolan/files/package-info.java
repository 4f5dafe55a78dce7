/** Files and folders that go from one machine to another as they are. */
@NullMarked
package dev.portolan.files;

import org.jspecify.annotations.NullMarked;
