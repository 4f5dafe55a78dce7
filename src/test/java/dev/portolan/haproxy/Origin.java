package dev.portolan.haproxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A container of an app, as far as a proxy can tell: {@code /health} or {@code /up}, a page that names its release, {@code /slow} that takes
 * 300 ms, {@code /login} that sets the session's cookie, a POST that is counted by id, a WebSocket that echoes.
 */
public final class Origin implements AutoCloseable {
    /** On which each listens, at an address of its own. */
    public static final int PORT = 7103;

    private static final Set<String> PATHS_OF_CHECKS = Set.of("/health", "/up");

    private final String release;
    private final Map<String, Integer> posts;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger pages = new AtomicInteger();
    private final InetAddress place = Loopback.next();
    private ServerSocket listener;
    private volatile boolean healthy = true;
    private volatile String healthPath = "/health";
    private volatile boolean broken;
    private volatile boolean silent;

    /** @param posts how often each id came, in all origins of the test */
    public Origin(String release, Map<String, Integer> posts) throws IOException {
        this.release = release;
        this.posts = posts;
        this.listener = listen();
    }

    /** Its IP address. */
    public String host() {
        return place.getHostAddress();
    }

    public String address() {
        return host() + ":" + PORT;
    }

    /** How many requests it has got, health checks not counted. */
    public int pages() {
        return pages.get();
    }

    /** Whether the health check passes. */
    public void healthy(boolean passes) {
        healthy = passes;
    }

    /** Where the health check is; {@code /health} before. */
    public void healthPath(String path) {
        healthPath = path;
    }

    /** Whether every request but the health check fails with 500. */
    public void broken(boolean fails) {
        broken = fails;
    }

    /** Whether it takes requests and closes the connection without an answer. */
    public void silent(boolean closes) {
        silent = closes;
    }

    /** As {@code kill -9}: connections are reset, and nothing listens. */
    public void kill() throws IOException {
        listener.close();
        for (Socket socket : open) {
            reset(socket);
        }
    }

    private static void reset(Socket socket) throws IOException {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            return; // its own thread has closed it just now
        }
        socket.close();
    }

    /** Comes back after {@link #kill}, as soon as the address is free again. */
    public void revive() throws IOException, InterruptedException {
        for (int attempt = 0; true; attempt++) {
            try {
                listener = listen();
                return;
            } catch (BindException e) {
                if (attempt == 100) {
                    throw e;
                }
                Thread.sleep(50);
            }
        }
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
            InputStream input = new BufferedInputStream(socket.getInputStream());
            boolean more = true;
            while (more) {
                more = answer(socket, input);
            }
        } catch (IOException e) {
            return; // killed, or the other side has gone
        } finally {
            open.remove(socket);
        }
    }

    private boolean answer(Socket socket, InputStream input) throws IOException {
        String[] first = line(input).split(" ", 3);
        if (first.length < 3) {
            return false;
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(input); !line.isEmpty(); line = line(input)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        input.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        String path = first[1];
        if (path.equals(healthPath)) {
            return write(socket, healthy ? "200 OK" : "503 Service Unavailable", "", headers);
        }
        if (PATHS_OF_CHECKS.contains(path)) {
            return write(socket, "404 Not Found", "", headers);
        }
        pages.incrementAndGet();
        if (first[0].equals("POST")) {
            posts.merge(headers.getOrDefault("x-request-id", "?"), 1, Integer::sum);
        }
        if (silent) {
            return false;
        }
        if (broken) {
            return write(socket, "500 Internal Server Error", "", headers);
        }
        if (path.equals("/slow")) {
            pause();
        }
        if (headers.containsKey("sec-websocket-key")) {
            echo(socket, input, headers.getOrDefault("sec-websocket-key", ""));
            return false;
        }
        String cookie = path.equals("/login") ? "Set-Cookie: _session=" + release + "-" + host() + "; path=/\r\n" : "";
        return write(socket, "200 OK", cookie, headers);
    }

    private boolean write(Socket socket, String status, String more, Map<String, String> headers) throws IOException {
        String body = release + "\n";
        boolean last = headers.getOrDefault("connection", "").equals("close");
        socket.getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\nX-Release: " + release + "\r\n" + more
                                + (last ? "Connection: close\r\n" : "")
                                + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(UTF_8));
        return !last;
    }

    private void echo(Socket socket, InputStream input, String key) throws IOException {
        socket.getOutputStream()
                .write(("HTTP/1.1 101 Switching Protocols\r\nX-Release: " + release
                                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                                + accept(key)
                                + "\r\n\r\n")
                        .getBytes(UTF_8));
        for (Optional<byte[]> frame = frame(input); frame.isPresent(); frame = frame(input)) {
            socket.getOutputStream().write(frame.get());
        }
    }

    /** The frame to send back for the next one that comes; empty when the reader closes. Only short ones come (RFC 6455). */
    private static Optional<byte[]> frame(InputStream input) throws IOException {
        byte[] head = input.readNBytes(2);
        if (head.length < 2 || (head[0] & 0x0f) == 8) {
            return Optional.empty();
        }
        int length = head[1] & 0x7f;
        byte[] mask = input.readNBytes(4);
        byte[] payload = input.readNBytes(length);
        byte[] answer = new byte[2 + length];
        answer[0] = (head[0] & 0x0f) == 9 ? (byte) 0x8a : head[0]; // a pong for a ping
        answer[1] = (byte) length;
        for (int index = 0; index < length; index++) {
            answer[2 + index] = (byte) (payload[index] ^ mask[index % 4]);
        }
        return Optional.of(answer);
    }

    private static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static String line(InputStream input) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = input.read(); c >= 0 && c != '\n'; c = input.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
