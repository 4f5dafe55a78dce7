package dev.portolan.load;

/** Chooses who makes the requests of a reader. */
final class Visitors {
    private Visitors() {}

    static Visitor of(Reader reader, LoadSettings settings) {
        return switch (reader.kind()) {
            case KEEP_ALIVE, NEW_CONNECTION, POST, SLOW -> new HttpVisitor(reader, settings);
            case WEB_SOCKET -> new EchoVisitor(reader, settings);
            case CONNECTION -> new ConnectionVisitor(reader, settings);
        };
    }
}
