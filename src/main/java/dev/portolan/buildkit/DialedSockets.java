package dev.portolan.buildkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import javax.net.SocketFactory;

/** Sockets for a gRPC client: each a new stream to the same path, whatever address is asked for. */
final class DialedSockets extends SocketFactory {
    private final Connector connector;
    private final String path;

    DialedSockets(Connector connector, String path) {
        this.connector = connector;
        this.path = path;
    }

    @Override
    public Socket createSocket() throws IOException {
        return new StreamSocket(connector.open(path, Map.<String, List<String>>of()));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket();
    }
}
