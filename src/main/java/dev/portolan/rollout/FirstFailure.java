package dev.portolan.rollout;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The failure that stopped a rollout, shared by the hosts of a wave so that the others stop too. */
final class FirstFailure {
    private final AtomicReference<Optional<RuntimeException>> cause = new AtomicReference<>(Optional.empty());

    void set(RuntimeException failure) {
        cause.compareAndSet(Optional.empty(), Optional.of(failure));
    }

    void clear() {
        cause.set(Optional.empty());
    }

    Optional<RuntimeException> cause() {
        return cause.get();
    }

    /** Fails once another host has failed. */
    Guard guard() {
        return () -> {
            if (cause().isPresent()) {
                throw new SiblingFailed();
            }
        };
    }
}
