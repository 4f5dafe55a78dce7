package dev.portolan.load;

/** What a reader does. */
public enum ReaderKind {
    /** A GET on a connection that is kept for the next. */
    KEEP_ALIVE("keep-alive GET"),
    /** A GET on a connection of its own. */
    NEW_CONNECTION("new-connection GET"),
    /** A POST with an id that no other request has, so that its effects can be counted. */
    POST("POST"),
    /** A GET whose answer takes long: the address says how. */
    SLOW("slow GET"),
    /** Messages on one WebSocket to a server that sends each of them back. */
    WEB_SOCKET("WebSocket"),
    /** Connections of TCP, each for one line or for nothing but itself. */
    CONNECTION("connection");

    private final String text;

    ReaderKind(String text) {
        this.text = text;
    }

    /** Whether asking twice does no harm, so that whoever is in between may ask again and a reader must never notice. */
    public boolean idempotent() {
        return this != POST;
    }

    /** In words. */
    public String text() {
        return text;
    }
}
