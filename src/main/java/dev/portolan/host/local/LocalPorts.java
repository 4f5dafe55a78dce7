package dev.portolan.host.local;

import dev.portolan.host.HostPorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;

/** The ports of this machine. Nothing is listened on to find out: whoever comes at that moment would be turned away. */
final class LocalPorts implements HostPorts {
    private static final String ALL = "0.0.0.0";
    private static final String LOOPBACK = "127.0.0.1";
    private static final int LIMIT_MILLIS = 300;

    @Override
    public boolean taken(String bind) {
        int colon = bind.lastIndexOf(':');
        String address = bind.substring(0, colon);
        int port = Integer.parseInt(bind.substring(colon + 1));
        // what cannot be bound may also be a port for root alone, or one that an outgoing connection happens to have
        return !binds(address.isEmpty() ? ALL : address, port) && answers(address.isEmpty() ? LOOPBACK : address, port);
    }

    private static boolean binds(String address, int port) {
        try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.INET)) {
            return socket.bind(new InetSocketAddress(address, port)).isOpen();
        } catch (IOException taken) {
            return false;
        }
    }

    /** Who listens and is too busy to answer is there all the same: where nobody listens, this machine says so at once. */
    private static boolean answers(String address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), LIMIT_MILLIS);
            return true;
        } catch (SocketTimeoutException busy) {
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
