package dev.portolan.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Tells from an exception what kind of failure it is. */
final class Failing {
    private Failing() {}

    /** A connection that was not made. */
    static Outcome toConnect(Reader reader, IOException e) {
        String target = reader.uri().getHost() + " port " + reader.port();
        if (Thread.currentThread().isInterrupted()) {
            return givenUp();
        }
        return switch (e) {
            case SocketTimeoutException ignored ->
                Outcome.failed(
                        FailureKind.CONNECT_TIMEOUT,
                        "no connection to " + target + " within " + Text.duration(reader.timeout()));
            case BindException ignored ->
                Outcome.failed(FailureKind.NOT_SENT, "no local port to connect to " + target + ": " + words(e));
            case UnknownHostException ignored ->
                Outcome.failed(
                        FailureKind.UNREACHABLE, "the name " + reader.uri().getHost() + " is unknown");
            case NoRouteToHostException ignored ->
                Outcome.failed(FailureKind.UNREACHABLE, target + " is not reachable: " + words(e));
            case ConnectException ignored ->
                Outcome.failed(FailureKind.CONNECT_REFUSED, "no connection to " + target + ": " + words(e));
            case SSLException ignored ->
                Outcome.failed(FailureKind.TLS, "no secure connection to " + target + ": " + words(e));
            default ->
                Outcome.failed(
                        reader.secure() ? FailureKind.TLS : FailureKind.UNREACHABLE,
                        "no connection to " + target + ": " + words(e));
        };
    }

    /**
     * A request that had a connection.
     *
     * @param where what is known of the connection and of the answer until then
     */
    static Outcome toAnswer(Reader reader, IOException e, String where, Optional<ServedBy> by) {
        if (Thread.currentThread().isInterrupted()) {
            return givenUp();
        }
        FailureKind kind = switch (e) {
            case SocketTimeoutException ignored -> FailureKind.TIMEOUT;
            case ProtocolException ignored -> FailureKind.MALFORMED;
            case EOFException ignored -> FailureKind.CLOSED_EARLY;
            default -> FailureKind.RESET;
        };
        String reason = kind == FailureKind.TIMEOUT ? "no answer within " + Text.duration(reader.timeout()) : words(e);
        return new Outcome.Failed(kind, reason + "; " + where, by, System.nanoTime());
    }

    private static Outcome givenUp() {
        return Outcome.failed(FailureKind.TIMEOUT, "given up: the load was stopped without waiting for the answer");
    }

    /** What is known of a connection when it fails. */
    static String where(long received, long requestsBefore, Duration idle) {
        return received + " bytes of the answer had come"
                + (requestsBefore == 0
                        ? ", first request of the connection"
                        : ", after " + Text.counted(requestsBefore, "request", "requests") + " on the connection and "
                                + Text.duration(idle) + " of idleness");
    }

    static String words(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
