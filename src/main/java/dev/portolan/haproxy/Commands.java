package dev.portolan.haproxy;

import java.util.List;

/** A way to a worker of HAProxy. */
interface Commands {

    /**
     * Asks what may be asked again.
     *
     * @return one answer for each command at least, in order, without the line break at the end; empty for a command that says nothing
     * @throws HaproxyException.NotRunning when there is no such worker, or it ends meanwhile
     * @throws HaproxyException when there is no whole answer in time
     */
    List<String> ask(List<String> commands);
}
