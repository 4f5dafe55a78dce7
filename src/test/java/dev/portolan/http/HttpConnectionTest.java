package dev.portolan.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.host.ByteStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpConnectionTest {
    private final HttpRequest request = HttpRequest.of("GET", "/version").with("Host", "engine");

    @Test
    void theRequestIsWrittenToTheExactText() throws IOException {
        var stream = ScriptedStream.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        var connection = new HttpConnection(stream);
        connection
                .send(HttpRequest.of("POST", "/a?b=c")
                        .with("X-One", "1")
                        .with(new HttpRequest.Bytes("hello".getBytes(ISO_8859_1))))
                .close();
        assertThat(stream.sent())
                .isEqualTo("POST /a?b=c HTTP/1.1\r\nHost: localhost\r\nX-One: 1\r\nContent-Length: 5\r\n\r\nhello");
    }

    @Test
    void aStreamIsSentInChunks() throws IOException {
        var stream = ScriptedStream.answering("HTTP/1.1 204 No Content\r\n\r\n");
        var body = new HttpRequest.Stream(new ByteArrayInputStream("0123456789".getBytes(ISO_8859_1)));
        new HttpConnection(stream).send(HttpRequest.of("PUT", "/x").with(body)).close();
        assertThat(stream.sent()).endsWith("chunked\r\n\r\na\r\n0123456789\r\n0\r\n\r\n");
    }

    @Test
    void aPostWithoutBodySaysSo() throws IOException {
        var stream = ScriptedStream.answering("HTTP/1.1 204 No Content\r\n\r\n");
        new HttpConnection(stream).send(HttpRequest.of("POST", "/x")).close();
        assertThat(stream.sent()).isEqualTo("POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
    }

    @Test
    void bodiesOfEveryFramingAreReadAndTheConnectionIsUsedAgain() throws IOException {
        var stream = ScriptedStream.answering("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none"
                + "HTTP/1.1 201 Created\r\ntransfer-encoding: Chunked\r\n\r\n2\r\ntw\r\n1;x=y\r\no\r\n0\r\nTrailer: t\r\n\r\n"
                + "HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n"
                + "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200\r\n\r\nuntil the end");
        var connection = new HttpConnection(stream);
        assertThat(textOf(connection)).isEqualTo("one");
        assertThat(textOf(connection)).isEqualTo("two");
        assertThat(textOf(connection)).isEmpty();
        assertThat(stream.isOpen()).isTrue();
        assertThat(textOf(connection)).isEqualTo("until the end");
        assertThat(stream.isOpen()).isFalse();
        assertThat(connection.reusable()).isFalse();
    }

    @Test
    void aReaderThatStopsBeforeTheLastChunkKeepsTheConnection() throws IOException {
        var stream =
                ScriptedStream.answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
        var connection = new HttpConnection(stream);
        try (HttpResponse response = connection.send(request)) {
            assertThat(response.body().readNBytes(2)).hasSize(2);
        }
        assertThat(connection.reusable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nConnection: foo, Close\r\nContent-Length: 1\r\n\r\nx",
                "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx",
                "HTTP/1.1 200 OK\r\n\r\nx"
            })
    void aServerThatClosesIsNotAskedAgain(String answer) throws IOException {
        var connection = new HttpConnection(ScriptedStream.answering(answer));
        assertThat(textOf(connection)).isEqualTo("x");
        assertThat(connection.reusable()).isFalse();
        assertThatThrownBy(() -> connection.send(request)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anUnreadBodyClosesTheConnection() throws IOException {
        var stream = ScriptedStream.answering("HTTP/1.1 200 OK\r\nContent-Length: 50000\r\n\r\n" + "x".repeat(100));
        new HttpConnection(stream).send(request).close();
        assertThat(stream.isOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nshort",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n",
                "HTTP/1.1 200 OK\r\nContent-Le",
                ""
            })
    void whatIsCutOffIsAnErrorAndNeverAShortAnswer(String answer) {
        var connection = new HttpConnection(ScriptedStream.answering(answer));
        assertThatThrownBy(() -> textOf(connection)).isInstanceOf(EOFException.class);
        assertThat(connection.reusable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                "HTTP/1.1 2x0 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nxyz\r\n0\r\n\r\n"
            })
    void whatIsNotHttpIsRefused(String answer) {
        var stream = ScriptedStream.answering(answer);
        var connection = new HttpConnection(stream);
        assertThatThrownBy(() -> textOf(connection)).isInstanceOf(ProtocolException.class);
        assertThat(stream.isOpen()).isFalse();
    }

    @Test
    void anEndlessLineIsRefused() {
        var connection = new HttpConnection(ScriptedStream.answering("HTTP/1.1 200 OK\r\nX: " + "y".repeat(200_000)));
        assertThatThrownBy(() -> connection.send(request)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void anUpgradeHandsOverTheStreamWithWhatHasArrivedAlready() throws IOException {
        var stream = ScriptedStream.answering("HTTP/1.1 101 UPGRADED\r\nUpgrade: tcp\r\n\r\nfirst words");
        HttpResponse response = new HttpConnection(stream).send(request.with("Upgrade", "tcp"));
        assertThat(response.status()).isEqualTo(101);
        try (ByteStream upgraded = response.upgraded()) {
            upgraded.output().write("mine".getBytes(ISO_8859_1));
            assertThat(upgraded.input().readAllBytes()).asString().isEqualTo("first words");
        }
        assertThat(stream.sent()).endsWith("\r\n\r\nmine");
        assertThat(stream.isOpen()).isFalse();
    }

    @Test
    void anAnswerThatDoesNotComeEndsWithTheTimeLimit() {
        var stream = ScriptedStream.silent();
        var connection = new HttpConnection(stream);
        assertThatThrownBy(() -> connection.send(request, Duration.ofMillis(30)))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("no answer within 30 ms");
        assertThat(stream.isOpen()).isFalse();
    }

    @Test
    void theTimeLimitHoldsForTheBodyTooUntilItIsLifted() throws IOException {
        var late = new HttpConnection(
                ScriptedStream.answeringThenSilent("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab"));
        try (HttpResponse response = late.send(request, Duration.ofMillis(50))) {
            assertThatThrownBy(response::readAll).isInstanceOf(SocketTimeoutException.class);
        }
        var lifted = ScriptedStream.answeringThenSilent("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab");
        var connection = new HttpConnection(lifted);
        try (HttpResponse response = connection.send(request, Duration.ofMillis(30))) {
            response.liftTimeLimit();
            Thread.sleep(60);
            assertThat(response.readAll()).hasSize(2);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(connection.reusable()).isTrue();
    }

    @Test
    void aBodyThatCannotBeReadIsTheCallersFailure() {
        var stream = ScriptedStream.answering("HTTP/1.1 200 OK\r\n\r\n");
        var broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk gone");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                throw new IOException("disk gone");
            }
        };
        assertThatThrownBy(() -> new HttpConnection(stream)
                        .send(HttpRequest.of("POST", "/").with(new HttpRequest.Stream(broken))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("disk gone");
        assertThat(stream.isOpen()).isFalse();
    }

    @Test
    void theAnswerOfAServerThatRefusesTheBodyIsRead() throws IOException {
        var stream = ScriptedStream.answering("HTTP/1.1 413 Too Large\r\nContent-Length: 4\r\n\r\nbig!");
        stream.refuseWritesAfter(200);
        var body = new HttpRequest.Stream(new ByteArrayInputStream(new byte[100_000]));
        try (HttpResponse response =
                new HttpConnection(stream).send(HttpRequest.of("POST", "/").with(body))) {
            assertThat(response.status()).isEqualTo(413);
            assertThat(response.readAll()).asString().isEqualTo("big!");
        }
    }

    @Test
    void everySplitOfTheAnswerReadsTheSame() throws IOException {
        var random = new Random(7);
        String body = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        var expected = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            String part = "x".repeat(1 + random.nextInt(400)) + i;
            expected.append(part);
            body += Integer.toHexString(part.length()) + "\r\n" + part + "\r\n";
        }
        for (int seed = 0; seed < 50; seed++) {
            var stream = ScriptedStream.answeringInPieces(body + "0\r\n\r\n", new Random(seed));
            assertThat(textOf(new HttpConnection(stream))).isEqualTo(expected.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a b", "", "/a\r\nX: y"})
    void aTargetThatIsNotEncodedIsRefused(String target) {
        assertThatThrownBy(() -> HttpRequest.of("GET", target)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHeaderCannotCarryAnother() {
        assertThatThrownBy(() -> request.with("X", "1\r\nY: 2")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> request.with("X\n", "1")).isInstanceOf(IllegalArgumentException.class);
    }

    private String textOf(HttpConnection connection) throws IOException {
        try (HttpResponse response = connection.send(request)) {
            return new String(response.readAll(), ISO_8859_1);
        }
    }
}
