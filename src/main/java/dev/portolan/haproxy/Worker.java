package dev.portolan.haproxy;

/** A worker process of HAProxy. */
public interface Worker {

    /**
     * The worker and all its servers, in one round trip.
     *
     * @throws HaproxyException.NotRunning when it does not run
     */
    Snapshot snapshot();

    /** Ends every session that a server has. */
    void endSessions(String backend, String server);
}
