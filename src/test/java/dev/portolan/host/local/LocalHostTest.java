package dev.portolan.host.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.host.ByteStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalHostTest {
    @TempDir
    Path folder;

    private LocalHost host;

    @BeforeEach
    void open() {
        host = new LocalHost(folder.resolve("root"), "/var/run/docker.sock");
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void bytesGoBothWaysThroughAUnixSocket() throws Exception {
        try (var server = listen();
                ByteStream stream = host.dial(socket());
                SocketChannel peer = server.accept()) {
            stream.output().write("hello".getBytes(UTF_8));
            var received = ByteBuffer.allocate(5);
            while (received.hasRemaining()) {
                peer.read(received);
            }
            assertThat(received.array()).asString(UTF_8).isEqualTo("hello");
            peer.write(ByteBuffer.wrap("world".getBytes(UTF_8)));
            assertThat(stream.isOpen()).isTrue();
            assertThat(stream.input().readNBytes(5)).asString(UTF_8).isEqualTo("world");
            assertThat(stream.isOpen()).isTrue();
            peer.shutdownOutput();
            assertThat(stream.isOpen()).as("the other side has closed it").isFalse();
        }
    }

    @Test
    void closingTheStreamOrTheHostWakesABlockedReader() throws Exception {
        try (var server = listen();
                ByteStream second = host.dial(socket());
                SocketChannel peer = server.accept()) {
            assertThat(peer.isOpen()).isTrue();
            ByteStream first = host.dial(socket());
            assertThat(endOfReader(Thread.ofVirtual(), first, reader -> first.close()))
                    .isInstanceOf(IOException.class);
            assertThat(endOfReader(Thread.ofPlatform(), second, reader -> host.close()))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> host.dial(socket())).isInstanceOf(IOException.class);
        }
    }

    @Test
    void anInterruptWakesABlockedReader() throws Exception {
        for (Thread.Builder kind : List.of(Thread.ofVirtual(), Thread.ofPlatform())) {
            try (var server = listen();
                    ByteStream stream = host.dial(socket());
                    SocketChannel peer = server.accept()) {
                assertThat(peer.isOpen()).isTrue();
                assertThat(endOfReader(kind, stream, Thread::interrupt)).isInstanceOf(IOException.class);
                assertThat(stream.isOpen()).isFalse();
            }
        }
    }

    @Test
    void dialingWhereNobodyListensFails() {
        assertThatThrownBy(() -> host.dial(socket())).isInstanceOf(IOException.class);
    }

    @Test
    void theEngineSocketIsThatOfTheEnvironment() {
        assertThat(LocalHost.engineSocketIn(Map.of())).isEqualTo("/var/run/docker.sock");
        assertThat(LocalHost.engineSocketIn(Map.of("DOCKER_HOST", "unix:///run/user/1000/docker.sock")))
                .isEqualTo("/run/user/1000/docker.sock");
    }

    @Test
    void theRootIsTheSystemsForRootAndTheUsersOwnOtherwise() {
        Path home = Path.of("/home/ann");
        assertThat(LocalHost.rootIn(Map.of(), "root", Path.of("/root"))).hasToString("/var/lib/portolan");
        assertThat(LocalHost.rootIn(Map.of(), "ann", home)).hasToString("/home/ann/.local/state/portolan");
        assertThat(LocalHost.rootIn(Map.of("XDG_STATE_HOME", "/s"), "ann", home))
                .hasToString("/s/portolan");
    }

    private String socket() {
        return folder.resolve("socket").toString();
    }

    private ServerSocketChannel listen() throws IOException {
        Files.deleteIfExists(Path.of(socket()));
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket()));
        return server;
    }

    private interface Action {
        void on(Thread reader) throws Exception;
    }

    /** What the read fails with that waits while the action is done. */
    private static Throwable endOfReader(Thread.Builder kind, ByteStream stream, Action action) throws Exception {
        var failure = new ArrayList<Throwable>();
        Thread reader = kind.start(() -> {
            try {
                failure.add(new AssertionError("read " + stream.input().read()));
            } catch (IOException e) {
                failure.add(e);
            }
        });
        Thread.sleep(50);
        action.on(reader);
        assertThat(reader.join(Duration.ofSeconds(5))).isTrue();
        return failure.getFirst();
    }
}
