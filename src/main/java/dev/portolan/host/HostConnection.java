package dev.portolan.host;

import java.io.IOException;

/**
 * Access to one machine. Safe for use by many threads. Whoever opened it closes it, which ends its streams.
 */
public interface HostConnection extends AutoCloseable {

    /**
     * Connects to a Unix socket of the host.
     *
     * @param socket absolute path on the host
     * @throws java.nio.file.NoSuchFileException when there is no such socket
     * @throws java.nio.file.AccessDeniedException when the user may not connect to it
     * @throws IOException when nothing listens there or the host does not answer
     */
    ByteStream dial(String socket) throws IOException;

    /** Portolan's own files on the host. */
    HostFiles files();

    /** Where the host sends what is not for itself. */
    HostRoutes routes();

    /** Who listens on the host. */
    HostPorts ports();

    /** The engine's socket on the host, such as {@code /var/run/docker.sock}. */
    String engineSocket();

    @Override
    void close();
}
