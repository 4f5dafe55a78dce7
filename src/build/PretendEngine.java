import static java.nio.charset.StandardCharsets.US_ASCII;

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

/** Answers the engine's calls that only look, as an engine with two containers would, so that the build needs no real one. */
class PretendEngine implements AutoCloseable {
    private final ServerSocketChannel server;

    private PretendEngine(ServerSocketChannel server) {
        this.server = server;
    }

    static PretendEngine at(Path socket) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        PretendEngine engine = new PretendEngine(server);
        Thread.ofVirtual().start(engine::serve);
        return engine;
    }

    private void serve() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                Thread.ofVirtual().start(() -> converse(client));
            }
        } catch (IOException closed) {
            // the end
        }
    }

    private static void converse(SocketChannel client) {
        try (client) {
            var lines = new BufferedReader(new InputStreamReader(Channels.newInputStream(client), US_ASCII));
            for (String first = lines.readLine(); first != null; first = lines.readLine()) {
                while (!lines.readLine().isEmpty()) {}
                String body = answer(first.split(" ")[1].split("[?]")[0]);
                String head = "HTTP/1.1 " + (body.isEmpty() ? "404 Not Found" : "200 OK")
                        + "\r\nApi-Version: 1.41\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                        + "\r\n\r\n";
                client.write(ByteBuffer.wrap((head + body).getBytes(US_ASCII)));
            }
        } catch (IOException | NullPointerException gone) {
            // its business
        }
    }

    private static String answer(String path) {
        if (path.endsWith("/version")) {
            return "{\"Version\":\"20.10.24\",\"ApiVersion\":\"1.41\",\"MinAPIVersion\":\"1.12\"}";
        }
        if (path.endsWith("/info")) {
            return "{\"ID\":\"E\",\"ServerVersion\":\"20.10.24\",\"OperatingSystem\":\"Linux\",\"Architecture\":\"x86_64\","
                    + "\"NCPU\":2,\"MemTotal\":4000000000,\"LiveRestoreEnabled\":true}";
        }
        if (path.endsWith("/containers/json")) {
            return "[" + container("web") + "," + container("db") + "]";
        }
        if (path.endsWith("/networks")) {
            return "[{\"Name\":\"bridge\",\"Id\":\"n\",\"IPAM\":{\"Config\":[{\"Subnet\":\"172.17.0.0/16\"}]}}]";
        }
        if (path.endsWith("/volumes")) {
            return "{\"Volumes\":[{\"Name\":\"data\"}]}";
        }
        if (path.contains("/images/")) {
            return "{\"Id\":\"sha256:" + "0".repeat(64) + "\",\"RepoDigests\":[]}";
        }
        return "";
    }

    private static String container(String service) {
        return "{\"Id\":\"c\",\"Names\":[\"/training-dublin-" + service + "-1\"],\"State\":\"running\",\"Status\":\"Up 2 minutes"
                + " (healthy)\",\"Created\":1,\"Labels\":{\"portolan.app\":\"training\",\"portolan.region\":\"dublin\","
                + "\"portolan.service\":\"" + service + "\",\"portolan.replica\":\"1\",\"portolan.release\":\"0000000000\","
                + "\"portolan.config-hash\":\"000000000000\"},\"NetworkSettings\":{\"Networks\":{\"default\":{\"IPAddress\":"
                + "\"10.0.0.2\",\"IPAMConfig\":{\"IPv4Address\":\"10.0.0.2\"}}}}}";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
