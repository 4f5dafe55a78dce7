/** AWS Secrets Manager, as a store. */
@NullMarked
package dev.portolan.secrets.aws;

import org.jspecify.annotations.NullMarked;
