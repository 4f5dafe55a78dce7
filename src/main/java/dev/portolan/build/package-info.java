/** What an image is built from: the files of a folder that {@code .dockerignore} lets through, and their hash. */
@NullMarked
package dev.portolan.build;

import org.jspecify.annotations.NullMarked;
