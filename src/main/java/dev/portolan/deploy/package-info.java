/** What a person can ask for: deploy, roll back, drain, status ... Start reading at {@link dev.portolan.deploy.Deploy}. */
@NullMarked
package dev.portolan.deploy;

import org.jspecify.annotations.NullMarked;
