package dev.portolan.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of raw sockets that does what a test tells it, right or wrong. */
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Script script;
    private final Map<Socket, Boolean> open = new ConcurrentHashMap<>();
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger requests = new AtomicInteger();

    record Request(String method, String target, Map<String, String> headers, String body, Socket socket, int number) {
        void answer(String raw) throws IOException {
            OutputStream output = socket.getOutputStream();
            output.write(raw.getBytes(StandardCharsets.UTF_8));
            output.flush();
        }

        /** A complete answer of status 200. */
        void ok(String body, String... headers) throws IOException {
            var head = new StringBuilder("HTTP/1.1 200 OK\r\n");
            for (String header : headers) {
                head.append(header).append("\r\n");
            }
            boolean last = "close".equals(this.headers.get("connection"));
            head.append(last ? "Connection: close\r\n" : "");
            answer(head + "Content-Length: " + body.length() + "\r\n\r\n" + body);
            if (last) {
                socket.close();
            }
        }

        /** Ends the connection the hard way. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    interface Script {
        /** @param request numbered from 0 over all connections */
        void play(Request request) throws IOException, InterruptedException;
    }

    ScriptedServer(Script script) throws IOException {
        this(new ServerSocket(0, 1024, InetAddress.getLoopbackAddress()), script);
    }

    ScriptedServer(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
        Thread.ofVirtual().start(this::accept);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port() + "/page");
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                open.put(socket, true);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var input = new BufferedInputStream(socket.getInputStream());
            for (var request = read(input, socket); request.isPresent(); request = read(input, socket)) {
                script.play(request.get());
            }
        } catch (IOException | InterruptedException e) {
            return; // the reader has gone, or the script has closed it
        } finally {
            open.remove(socket);
        }
    }

    private Optional<Request> read(InputStream input, Socket socket) throws IOException {
        String first = line(input);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        var headers = new TreeMap<String, String>();
        for (String line = line(input); !line.isEmpty(); line = line(input)) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new ProtocolException("not HTTP");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = input.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        String[] words = first.split(" ", -1);
        return Optional.of(new Request(
                words[0],
                words[1],
                headers,
                new String(body, StandardCharsets.UTF_8),
                socket,
                requests.getAndIncrement()));
    }

    private static String line(InputStream input) throws IOException {
        var line = new StringBuilder();
        for (int c = input.read(); c >= 0 && c != '\n'; c = input.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** Closes every connection, in the orderly way. */
    void closeConnections() {
        open.keySet().forEach(socket -> {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public void close() throws IOException {
        listener.close();
        closeConnections();
    }
}
