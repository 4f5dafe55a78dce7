package dev.portolan.load;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A request that did not succeed.
 *
 * @param id of the request; it was sent with it
 * @param due when it should have been sent
 * @param sent when it was
 * @param ended when the failure was known
 * @param reason in full, for a person
 * @param answeredBy present when the head of an answer came
 */
public record Failure(
        String place,
        ReaderKind reader,
        URI uri,
        String id,
        Instant due,
        Instant sent,
        Instant ended,
        FailureKind kind,
        String reason,
        Optional<ServedBy> answeredBy) {

    /** From the moment it was due. */
    public Duration after() {
        return Duration.between(due, ended);
    }

    /**
     * Whether a process that is killed may leave a request without an outcome in this way. An answer that names its release
     * comes from a process that lived to give it.
     */
    boolean leavesTheOutcomeOpen() {
        return switch (kind) {
            case RESET, CLOSED_EARLY, TIMEOUT -> true;
            case GATEWAY -> answeredBy.equals(Optional.of(ServedBy.UNKNOWN));
            case CONNECT_REFUSED, CONNECT_TIMEOUT, UNREACHABLE, TLS, ECHO_LOST, NOT_SENT -> false;
            case SERVER_ERROR, CLIENT_ERROR, MALFORMED, WRONG_LENGTH, WRONG_BODY -> false;
        };
    }
}
