package dev.portolan.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.load.LoadReport.FailureCount;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Secure connections, to a server whose certificate is for 127.0.0.1 and nobody else. */
class SecureTest {
    private static final char[] PASSWORD = "password".toCharArray();
    private static final Duration TIME = Duration.ofMillis(400);

    @TempDir
    private static Path folder;

    private static KeyStore keys;

    @BeforeAll
    static void makeACertificate() throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=test",
                        "-ext",
                        "SAN=IP:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        keys = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(file)) {
            keys.load(input, PASSWORD);
        }
    }

    private static ServerSocket listener() throws Exception {
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        var tls = SSLContext.getInstance("TLS");
        tls.init(own.getKeyManagers(), null, null);
        return tls.getServerSocketFactory().createServerSocket(0, 100, InetAddress.getLoopbackAddress());
    }

    private static LoadSettings trusting() throws Exception {
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        var tls = SSLContext.getInstance("TLS");
        tls.init(null, trusted.getTrustManagers(), null);
        return LoadSettings.standard().securedBy(tls.getSocketFactory());
    }

    private static Reader reader(ReaderKind kind, String scheme, String host, ScriptedServer server) {
        return Reader.of(
                "here", kind, URI.create(scheme + "://" + host + ":" + server.port() + "/"), Rate.perSecond(25));
    }

    @Test
    void everyKindOfReaderReadsOverASecureConnection() throws Exception {
        try (var server = new ScriptedServer(listener(), request -> request.ok("hello"));
                var echo = new ScriptedServer(
                        listener(), new EchoServer((text, number, socket) -> EchoServer.send(socket, text)))) {
            var readers = List.of(
                    reader(ReaderKind.KEEP_ALIVE, "https", "127.0.0.1", server),
                    reader(ReaderKind.NEW_CONNECTION, "https", "127.0.0.1", server),
                    reader(ReaderKind.POST, "https", "127.0.0.1", server),
                    reader(ReaderKind.WEB_SOCKET, "wss", "127.0.0.1", echo));
            LoadReport report = Load.run(readers, trusting(), TIME);

            assertThat(report.firstFailures()).isEmpty();
            assertThat(report.succeeded()).isEqualTo(40);
            assertThat(report.readers().getFirst().connections()).isLessThan(10);
        }
    }

    @Test
    @Timeout(20)
    void anIdleSecureConnectionThatTheServerHasClosedIsReplaced() throws Exception {
        try (var server = new ScriptedServer(listener(), request -> request.ok("hello"))) {
            var reader = Reader.of(
                    "here",
                    ReaderKind.KEEP_ALIVE,
                    URI.create("https://127.0.0.1:" + server.port() + "/"),
                    Rate.perSecond(1));
            try (var load = Load.start(List.of(reader), trusting(), Duration.ofMillis(1500))) {
                while (load.snapshot().succeeded() < 1) {
                    Thread.sleep(10);
                }
                server.closeConnections();
                load.awaitEnd();
                LoadReport report = load.stop();

                assertThat(report.firstFailures()).isEmpty();
                assertThat(report.succeeded()).isEqualTo(2);
                assertThat(report.readers().getFirst().connections()).isEqualTo(2);
            }
        }
    }

    @Test
    void aCertificateThatNobodyTrustsIsAFailure() throws Exception {
        try (var server = new ScriptedServer(listener(), request -> request.ok("hello"))) {
            LoadReport report = Load.run(
                    List.of(reader(ReaderKind.KEEP_ALIVE, "https", "127.0.0.1", server)),
                    LoadSettings.standard(),
                    TIME);

            assertThat(report.failures()).containsExactly(new FailureCount(FailureKind.TLS, 10));
        }
    }

    @Test
    void aCertificateForAnotherNameIsAFailure() throws Exception {
        try (var server = new ScriptedServer(listener(), request -> request.ok("hello"))) {
            LoadReport report =
                    Load.run(List.of(reader(ReaderKind.KEEP_ALIVE, "https", "localhost", server)), trusting(), TIME);

            assertThat(report.failures()).containsExactly(new FailureCount(FailureKind.TLS, 10));
        }
    }

    @Test
    void aServerThatSpeaksNoTlsIsAFailure() throws Exception {
        try (var server = new ScriptedServer(request -> request.ok("hello"))) {
            LoadReport report = Load.run(
                    List.of(reader(ReaderKind.KEEP_ALIVE, "https", "127.0.0.1", server)
                            .within(Duration.ofMillis(500))),
                    trusting(),
                    TIME);

            assertThat(report.failed()).isEqualTo(10);
            assertThat(report.failures())
                    .extracting(FailureCount::kind)
                    .isSubsetOf(FailureKind.TLS, FailureKind.CONNECT_TIMEOUT);
        }
    }
}
