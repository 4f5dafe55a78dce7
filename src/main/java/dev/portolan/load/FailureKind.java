package dev.portolan.load;

/** The ways in which a request fails. */
public enum FailureKind {
    CONNECT_REFUSED("connection refused"),
    CONNECT_TIMEOUT("no connection in time"),
    /** The name is unknown, or there is no way to the address. */
    UNREACHABLE("not reachable"),
    /** No secure connection: the certificate, or the protocol. */
    TLS("no secure connection"),
    RESET("connection reset"),
    /** An orderly close before the last byte of the answer: before the first as well as in the middle of the body. */
    CLOSED_EARLY("closed before the end of the answer"),
    TIMEOUT("no answer in time"),
    SERVER_ERROR("status 5xx"),
    /** 502 or 504: a proxy asked a server and got no answer. */
    GATEWAY("status 502 or 504"),
    CLIENT_ERROR("status 4xx"),
    /** What came is not HTTP, or not a WebSocket. */
    MALFORMED("malformed answer"),
    /** More bytes came than the answer announced. */
    WRONG_LENGTH("answer longer than it said"),
    WRONG_BODY("wrong body"),
    /** A message on a WebSocket that stayed open did not come back in time. */
    ECHO_LOST("echo lost"),
    /** The harness had too many requests outstanding, or no local port, for as long as the reader would have waited. */
    NOT_SENT("not sent");

    private final String text;

    FailureKind(String text) {
        this.text = text;
    }

    /** In words. */
    public String text() {
        return text;
    }
}
