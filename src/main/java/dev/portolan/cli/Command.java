package dev.portolan.cli;

import dev.portolan.cli.render.Summary;

/** One command of the command line. Made for one run. */
interface Command {

    /** How it is called. */
    Usage usage();

    /**
     * Does it.
     *
     * @return how it ended
     * @throws dev.portolan.model.UserError when it could not; printed by {@link Program}
     */
    Summary run(Session session);
}
