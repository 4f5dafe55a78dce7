package dev.portolan.haproxy;

/**
 * What HAProxy has counted for a server since the worker started.
 *
 * @param answers of the server, of any status; with TCP, connections that were made
 * @param serverErrors of those, 500 to 599
 * @param connectionErrors connections that could not be made, or broke before an answer; one request may have had several
 * @param lost requests that got no answer of this server in the end
 */
public record Counters(long answers, long serverErrors, long connectionErrors, long lost) {
    public static final Counters ZERO = new Counters(0, 0, 0, 0);

    public Counters minus(Counters base) {
        return new Counters(
                answers - base.answers,
                serverErrors - base.serverErrors,
                connectionErrors - base.connectionErrors,
                lost - base.lost);
    }
}
