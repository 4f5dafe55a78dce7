/** Where the values of secrets come from. The stores themselves are in the packages below. */
@NullMarked
package dev.portolan.secrets;

import org.jspecify.annotations.NullMarked;
