package dev.portolan.haproxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A container of a service of TCP, as far as a proxy can tell: it says each line back, with its release before it. */
public final class EchoOrigin implements AutoCloseable {
    /** On which each listens, at an address of its own. */
    public static final int PORT = 7105;

    private final String release;
    private final InetAddress place = Loopback.next();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private ServerSocket listener;

    public EchoOrigin(String release) throws IOException {
        this.release = release;
        this.listener = listen();
    }

    /** Its IP address. */
    public String host() {
        return place.getHostAddress();
    }

    public String address() {
        return host() + ":" + PORT;
    }

    /** How many connections it has, that of a check included. */
    public int connections() {
        return open.size();
    }

    /** Takes no more connections, and breaks those that are open. */
    public void kill() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    /** Is there again, after {@link #kill}. */
    public void revive() throws IOException {
        listener = listen();
    }

    @Override
    public void close() throws IOException {
        kill();
    }

    private ServerSocket listen() throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(place, PORT), 1024);
        Thread.ofVirtual().start(() -> accept(socket));
        return socket;
    }

    private void accept(ServerSocket from) {
        while (true) {
            try {
                Socket socket = from.accept();
                open.add(socket);
                if (from.isClosed()) {
                    socket.close();
                }
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            BufferedReader input = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                socket.getOutputStream().write((release + " " + line + "\n").getBytes(UTF_8));
            }
        } catch (IOException e) {
            return; // killed, or the other side has gone
        } finally {
            open.remove(socket);
        }
    }
}
