/** A file of the project, encrypted with age (https://age-encryption.org). */
@NullMarked
package dev.portolan.secrets.age;

import org.jspecify.annotations.NullMarked;
