package dev.portolan.model;

/** Compose's {@code deploy.update_config.order}: two values of how a container is replaced, not a flag. */
public enum UpdateOrder {
    /** The new container is healthy before the old one leaves. */
    START_FIRST,
    /** The old container is gone before the new one starts. */
    STOP_FIRST
}
