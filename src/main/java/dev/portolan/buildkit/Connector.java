package dev.portolan.buildkit;

import dev.portolan.host.ByteStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Opens streams to the engine's BuildKit. */
public interface Connector {

    /**
     * Asks for a path and switches to HTTP/2 on the connection.
     *
     * @param path such as {@code /grpc}
     * @param headers sent with the request, each with all its values
     * @return closed by the caller
     */
    ByteStream open(String path, Map<String, List<String>> headers) throws IOException;
}
