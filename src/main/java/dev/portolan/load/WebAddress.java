package dev.portolan.load;

import dev.portolan.model.ExitCode;
import dev.portolan.model.UserError;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** The address of something to read. */
public final class WebAddress {
    private static final Set<String> SCHEMES = Set.of("http", "https", "ws", "wss");
    private static final String CONNECTIONS = "tcp";
    private static final String REMEDY =
            "write it with its scheme and host, such as https://example.org/heartbeat or tcp://example.org:5432";

    private WebAddress() {}

    /**
     * Reads an address.
     *
     * @throws UserError when it is none that a reader can read
     */
    public static URI parse(String text) {
        try {
            return check(new URI(text.strip()));
        } catch (URISyntaxException e) {
            throw new UserError("'" + text + "' is not an address: " + e.getReason(), REMEDY, ExitCode.USAGE, e);
        }
    }

    static URI check(URI uri) {
        if (!readable(uri)) {
            throw new UserError(
                    "'" + uri + "' is not the address of a web server, nor of a port of TCP", REMEDY, ExitCode.USAGE);
        }
        return uri;
    }

    static boolean readable(URI uri) {
        return uri.getHost() != null && (SCHEMES.contains(String.valueOf(uri.getScheme())) || isOfConnections(uri));
    }

    /** Whether connections are made to it, and not requests. */
    static boolean isOfConnections(URI uri) {
        return CONNECTIONS.equals(uri.getScheme()) && uri.getPort() > 0;
    }
}
