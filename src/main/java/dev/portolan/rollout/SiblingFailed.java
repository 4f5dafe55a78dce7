package dev.portolan.rollout;

import dev.portolan.model.UserError;

/** A host stopped where it was because another one of its wave had failed. */
final class SiblingFailed extends UserError {
    private static final long serialVersionUID = 1L;

    SiblingFailed() {
        super("stopped because another host failed", "see the other host");
    }
}
