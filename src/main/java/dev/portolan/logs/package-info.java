/** The output of an app's containers: followed, and merged by time. */
@NullMarked
package dev.portolan.logs;

import org.jspecify.annotations.NullMarked;
