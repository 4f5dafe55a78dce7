package dev.portolan.host.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.host.ByteStream;
import dev.portolan.host.HostFiles;
import dev.portolan.host.HostFiles.StoredFile;
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
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalHostTest {
    @TempDir
    Path folder;

    private LocalHost host;
    private HostFiles files;

    @BeforeEach
    void open() {
        host = new LocalHost(folder.resolve("root"), "/var/run/docker.sock");
        files = host.files();
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void aFileIsReadAsItWasWrittenWithItsAge() throws Exception {
        assertThat(files.read("apps/shop/committed")).isEmpty();
        files.write("apps/shop/committed", "r1");
        files.write("apps/shop/committed", "r2: größer");
        StoredFile file = files.read("apps/shop/committed").orElseThrow();
        assertThat(file.content()).isEqualTo("r2: größer");
        assertThat(file.age()).isBetween(Duration.ZERO, Duration.ofSeconds(20));
    }

    @Test
    void theFilesBelongToWhoeverRunsThis() throws Exception {
        Path probe = Files.createTempFile("owner", "");
        assertThat(files.owner().user()).isEqualTo(Files.getAttribute(probe, "unix:uid"));
        Files.delete(probe);
    }

    @Test
    void appendAddsToTheEnd() throws Exception {
        files.append("journal.jsonl", "a\n");
        files.append("journal.jsonl", "b\n");
        assertThat(content("journal.jsonl")).contains("a\nb\n");
    }

    @Test
    void listNamesTheFilesOfAFolderAndNothingElse() throws Exception {
        files.write("releases/b.json", "");
        files.write("releases/a.json", "");
        files.write("releases/old/c.json", "");
        assertThat(files.list("releases")).containsExactly("a.json", "b.json");
        assertThat(files.list("nothing")).isEmpty();
        assertThat(files.list("releases/a.json")).isEmpty();
    }

    @Test
    void aRemovedFileIsGoneAndRemovingItAgainDoesNothing() throws Exception {
        files.write("lock", "me");
        files.remove("lock");
        files.remove("lock");
        assertThat(files.read("lock")).isEmpty();
        files.remove("no/such/folder/file");
    }

    @Test
    void compareAndSetReplacesOnlyWhatIsExpected() throws Exception {
        assertThat(files.compareAndSet("lock", Optional.of("x"), Optional.of("me")))
                .isFalse();
        assertThat(files.compareAndSet("lock", Optional.empty(), Optional.of("me")))
                .isTrue();
        assertThat(files.compareAndSet("lock", Optional.empty(), Optional.of("you")))
                .isFalse();
        assertThat(files.compareAndSet("lock", Optional.of("me"), Optional.of("me again")))
                .isTrue();
        assertThat(content("lock")).contains("me again");
        assertThat(files.compareAndSet("lock", Optional.of("me again"), Optional.empty()))
                .isTrue();
        assertThat(files.read("lock")).isEmpty();
    }

    @Test
    void amongManyOneWinsEachRoundOfCompareAndSet() throws Exception {
        int threads = 8;
        int rounds = 40;
        files.write("count", "0");
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Future<Integer>>();
            for (int i = 0; i < threads; i++) {
                var other = new LocalHost(folder.resolve("root"), "/x").files();
                Callable<Integer> counting = () -> {
                    int won = 0;
                    while (won < rounds) {
                        String now = other.read("count").orElseThrow().content();
                        String next = String.valueOf(Integer.parseInt(now) + 1);
                        won += other.compareAndSet("count", Optional.of(now), Optional.of(next)) ? 1 : 0;
                    }
                    return won;
                };
                results.add(executor.submit(counting));
            }
            for (Future<Integer> result : results) {
                assertThat(result.get(60, TimeUnit.SECONDS)).isEqualTo(rounds);
            }
        }
        assertThat(content("count")).contains(String.valueOf(threads * rounds));
    }

    @Test
    void aReaderSeesTheOldContentOrTheNewAndNeverAPart() throws Exception {
        String one = "1".repeat(200_000);
        String two = "2".repeat(200_000);
        files.write("big", one);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> writing = () -> {
                for (int i = 0; i < 30; i++) {
                    files.write("big", i % 2 == 0 ? two : one);
                }
                return 0;
            };
            Future<Integer> writer = executor.submit(writing);
            do {
                assertThat(content("big").orElseThrow()).isIn(one, two);
            } while (!writer.isDone());
            assertThat(writer.get()).isZero();
        }
        try (var left = Files.list(folder.resolve("root"))) {
            assertThat(left).extracting(path -> path.getFileName().toString()).containsExactly("big");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc/passwd", "a/../../x", "", ".", "a/./b", ".guard", "a/.hidden", "a\0b"})
    void aPathThatLeavesTheRootIsRefused(String path) {
        assertThatThrownBy(() -> files.write(path, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> files.read(path)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> files.append(path, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> files.remove(path)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> files.compareAndSet(path, Optional.empty(), Optional.of("x")))
                .isInstanceOf(IllegalArgumentException.class);
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

    private Optional<String> content(String path) throws IOException {
        return files.read(path).map(StoredFile::content);
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
