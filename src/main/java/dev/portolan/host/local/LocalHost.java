package dev.portolan.host.local;

import dev.portolan.host.ByteStream;
import dev.portolan.host.HostConnection;
import dev.portolan.host.HostFiles;
import dev.portolan.host.HostPorts;
import dev.portolan.host.HostRoutes;
import dev.portolan.host.RouteTable;
import dev.portolan.host.SocketStream;
import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** This machine. */
public final class LocalHost implements HostConnection {
    private static final String USUAL_ENGINE_SOCKET = "/var/run/docker.sock";
    private static final Path ROUTES = Path.of(RouteTable.FILE);

    private final LocalFiles files;
    private final String engineSocket;
    private final Set<SocketChannel> channels = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param root absolute path of the folder for Portolan's own files; made when the first is written
     * @param engineSocket absolute path, see {@link #engineSocketIn}
     */
    public LocalHost(Path root, String engineSocket) {
        this.files = new LocalFiles(root);
        this.engineSocket = engineSocket;
    }

    /**
     * The socket of this machine's engine: that of {@code DOCKER_HOST} if it is a Unix socket, otherwise the usual one.
     *
     * @param environment of the process
     */
    public static String engineSocketIn(Map<String, String> environment) {
        String host = environment.getOrDefault("DOCKER_HOST", "");
        return host.startsWith("unix:///") ? host.substring("unix://".length()) : USUAL_ENGINE_SOCKET;
    }

    /**
     * The folder for Portolan's own files: {@code /var/lib/portolan} for root, otherwise below the user's state folder.
     *
     * @param environment of the process
     * @param user name of the user
     * @param home the user's home folder
     */
    public static Path rootIn(Map<String, String> environment, String user, Path home) {
        if (user.equals("root")) {
            return Path.of("/var/lib/portolan");
        }
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        return (state.startsWith("/") ? Path.of(state) : home.resolve(".local/state")).resolve("portolan");
    }

    @Override
    public ByteStream dial(String socket) throws IOException {
        if (closed) {
            throw new SocketException("the connection to this machine is closed");
        }
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channels.add(channel);
            channel.connect(UnixDomainSocketAddress.of(socket));
            if (closed) {
                throw new SocketException("the connection to this machine is closed");
            }
            return new SocketStream(channel) {
                @Override
                public void close() throws IOException {
                    channels.remove(channel);
                    super.close();
                }
            };
        } catch (IOException e) {
            channels.remove(channel);
            channel.close();
            throw explained(socket, e);
        }
    }

    /** The system's errors differ in their text only; whoever tells a person about them needs to know them apart. */
    private static IOException explained(String socket, IOException failure) {
        Path path = Path.of(socket);
        Optional<IOException> reason = Optional.empty();
        if (failure instanceof SocketException && Files.notExists(path)) {
            reason = Optional.of(new NoSuchFileException(socket));
        } else if (failure instanceof SocketException && Files.exists(path) && !Files.isWritable(path)) {
            reason = Optional.of(new AccessDeniedException(socket));
        }
        reason.ifPresent(known -> known.initCause(failure));
        return reason.orElse(failure);
    }

    @Override
    public HostFiles files() {
        return files;
    }

    @Override
    public HostRoutes routes() {
        return new LocalRoutes(ROUTES);
    }

    @Override
    public HostPorts ports() {
        return new LocalPorts();
    }

    @Override
    public String engineSocket() {
        return engineSocket;
    }

    @Override
    public void close() {
        closed = true;
        for (SocketChannel channel : channels) {
            try {
                channel.close();
            } catch (IOException e) {
                // it is of no use any more, whichever way it ends
            }
        }
        channels.clear();
    }
}
