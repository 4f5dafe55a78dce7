package dev.portolan.load;

/** Makes the requests of one reader. Called by many threads at once; every failure is an outcome, never an exception. */
interface Visitor extends AutoCloseable {

    /**
     * Sends one request and waits for its answer.
     *
     * @param id of the request, unlike any other's
     * @param deadlineNanos by {@link System#nanoTime()}
     */
    Outcome visit(String id, long deadlineNanos) throws InterruptedException;

    /** The connections opened so far. */
    long connections();

    /** Those of them that replaced one that the server had closed, where that is worth telling. */
    long reconnects();

    @Override
    void close();
}
