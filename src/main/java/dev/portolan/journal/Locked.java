package dev.portolan.journal;

import dev.portolan.model.ExitCode;
import dev.portolan.model.UserError;
import java.time.Duration;
import java.util.Optional;

/** Somebody else holds the lock of the app. */
public final class Locked extends UserError {
    private static final long serialVersionUID = 1L;

    Locked(Optional<Lease.Owner> owner, Duration age) {
        super(
                "the app is locked by "
                        + owner.map(holder -> holder.who() + " for " + holder.purpose() + " since " + holder.since())
                                .orElse("somebody")
                        + " (last sign of life " + age.toSeconds() + " s ago)",
                "wait until it is done; the lock of a dead command is taken over after " + Lease.DURATION.toSeconds()
                        + " s, or at once with: portolan lock --break",
                ExitCode.LOCKED);
    }
}
