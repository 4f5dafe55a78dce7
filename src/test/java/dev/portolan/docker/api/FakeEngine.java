package dev.portolan.docker.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Listens on a Unix socket and says to each request line what was put down for it; to what it does not know, nothing. */
final class FakeEngine implements AutoCloseable {
    private final ServerSocketChannel server;
    private final Thread accepting;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<SocketChannel> connections = Collections.synchronizedList(new ArrayList<>());

    FakeEngine(Path socket) throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        accepting = Thread.ofVirtual().start(this::acceptAll);
        answer("GET /version", 200, "{\"ApiVersion\":\"1.41\",\"MinAPIVersion\":\"1.12\",\"Version\":\"20.10.0\"}");
    }

    void answer(String requestLine, int status, String json) {
        answers.put(
                requestLine,
                "HTTP/1.1 " + status + " x\r\nContent-Length: " + json.getBytes(ISO_8859_1).length + "\r\n\r\n" + json);
    }

    /** Bytes that are said before the connection is closed. */
    void breakAfter(String requestLine, String bytes) {
        answers.put(requestLine, "!" + bytes);
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    private void acceptAll() {
        try {
            while (true) {
                SocketChannel connection = server.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException e) {
            // closed: the test is over
        }
    }

    private void serve(SocketChannel connection) {
        try (connection;
                var reader =
                        new BufferedReader(new InputStreamReader(Channels.newInputStream(connection), ISO_8859_1))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String requestLine = line.replace(" HTTP/1.1", "");
                while (!line.isEmpty()) {
                    line = reader.readLine();
                }
                requests.add(requestLine);
                String answer = answers.getOrDefault(requestLine, "");
                boolean breaks = answer.startsWith("!");
                connection.write(ByteBuffer.wrap((breaks ? answer.substring(1) : answer).getBytes(ISO_8859_1)));
                if (breaks) {
                    return;
                }
            }
        } catch (IOException e) {
            // closed: the test is over
        }
    }

    /** What an engine that restarts does to its connections. */
    void dropConnections() throws IOException {
        for (SocketChannel connection : connections) {
            connection.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        try {
            accepting.join(); // the socket takes connections as long as a thread waits for one
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        dropConnections();
    }
}
