package dev.portolan.journal;

import dev.portolan.model.ExitCode;
import dev.portolan.model.UserError;
import java.util.Optional;

/** The lock was taken over by somebody else while this command was not looking: it must change nothing more. */
public final class LeaseLost extends UserError {
    private static final long serialVersionUID = 1L;

    LeaseLost(Optional<Lease.Owner> owner) {
        super(
                "the lock was lost to "
                        + owner.map(holder -> holder.who() + " for " + holder.purpose())
                                .orElse("somebody who broke it"),
                "this command stopped where it was; see what serves now with: portolan status",
                ExitCode.UNKNOWN_STATE);
    }
}
