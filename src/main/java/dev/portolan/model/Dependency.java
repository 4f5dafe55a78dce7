package dev.portolan.model;

/** Compose's {@code depends_on}: what another service must have reached before this one starts. */
public record Dependency(String service, Condition condition) {

    public enum Condition {
        STARTED,
        HEALTHY,
        COMPLETED
    }
}
