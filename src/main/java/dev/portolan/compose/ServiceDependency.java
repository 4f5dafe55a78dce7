package dev.portolan.compose;

import dev.portolan.model.SourceLocation;

/**
 * One entry of {@code depends_on}.
 *
 * @param restart whether this service is restarted after Compose has restarted the other one
 * @param required whether the other service must be there
 */
public record ServiceDependency(Condition condition, boolean restart, boolean required, SourceLocation location) {

    public enum Condition {
        SERVICE_STARTED,
        SERVICE_HEALTHY,
        SERVICE_COMPLETED_SUCCESSFULLY
    }
}
