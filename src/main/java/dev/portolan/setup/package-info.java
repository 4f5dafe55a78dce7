/** Brings this machine to where a demo can run on it: a Docker Engine that answers. Starts with {@link EngineSetup}. */
@NullMarked
package dev.portolan.setup;

import org.jspecify.annotations.NullMarked;
