package dev.portolan.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.load.LoadReport.FailureCount;
import dev.portolan.load.LoadReport.ServedRow;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages on a WebSocket: a close by the server is a reconnect, everything else that does not come back a failure. */
class WebSocketTest {
    private static final Duration TIME = Duration.ofMillis(500); // 20 messages

    private static Reader reader(ScriptedServer server, int timeoutMillis) {
        var uri = URI.create("ws://127.0.0.1:" + server.port() + "/echo");
        return Reader.of("here", ReaderKind.WEB_SOCKET, uri, Rate.perSecond(40))
                .within(Duration.ofMillis(timeoutMillis));
    }

    private static LoadReport run(EchoServer.Messages messages) throws Exception {
        return run(10_000, messages);
    }

    private static LoadReport run(int timeoutMillis, EchoServer.Messages messages) throws Exception {
        try (var server = new ScriptedServer(new EchoServer(messages))) {
            return Load.run(List.of(reader(server, timeoutMillis)), LoadSettings.standard(), TIME);
        }
    }

    @Test
    void everyMessageComesBackOnOneConnection() throws Exception {
        LoadReport report = run((text, number, socket) -> EchoServer.send(socket, text));

        assertThat(report.failures()).isEmpty();
        assertThat(report.succeeded()).isEqualTo(20);
        assertThat(report.readers().getFirst().connections()).isEqualTo(1);
        assertThat(report.readers().getFirst().reconnects()).isZero();
        assertThat(report.served()).containsExactly(new ServedRow("here", new ServedBy("v1", "sydney"), 20, 0));
    }

    @Test
    void aCloseByTheServerIsAReconnectAndWhatWasUnderWayIsCutOff() throws Exception {
        LoadReport report = run((text, number, socket) -> {
            if (number % 5 == 4) {
                EchoServer.close(socket);
            } else {
                EchoServer.send(socket, text);
            }
        });

        assertThat(report.failures()).isEmpty();
        long reconnects = report.readers().getFirst().reconnects();
        assertThat(reconnects).isBetween(1L, 3L); // nothing is sent after the fourth close
        assertThat(report.cutOff()).isGreaterThanOrEqualTo(reconnects); // with the message, those right behind it
        assertThat(report.succeeded()).isEqualTo(20 - report.cutOff()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void aConnectionThatEndsWithoutAFarewellIsAReconnectToo() throws Exception {
        LoadReport report = run((text, number, socket) -> {
            EchoServer.send(socket, text);
            if (number == 9) {
                Thread.sleep(15); // a reset throws away what has not been read yet
                socket.setSoLinger(true, 0);
                socket.close();
            }
        });

        assertThat(report.failures()).isEmpty();
        assertThat(report.succeeded()).isEqualTo(20 - report.cutOff()).isGreaterThanOrEqualTo(9);
        assertThat(report.readers().getFirst().reconnects()).isEqualTo(1);
    }

    @Test
    void aMessageThatDoesNotComeBackIsAFailureAndSoAreThoseBehindIt() throws Exception {
        LoadReport report = run(1_000, (text, number, socket) -> {
            if (number != 3) {
                EchoServer.send(socket, text);
            }
        });

        // Messages come back in their order: the fifth looks like the wrong answer to the fourth, and so on to the end.
        assertThat(report.succeeded()).isEqualTo(3);
        assertThat(report.failed()).isEqualTo(17);
        assertThat(report.failures())
                .containsExactly(
                        new FailureCount(FailureKind.WRONG_BODY, 16), new FailureCount(FailureKind.ECHO_LOST, 1));
    }

    @Test
    void aServerThatFallsSilentIsLeftAfterTheTimeAndAnotherConnectionMade() throws Exception {
        LoadReport report = run(400, (text, number, socket) -> {
            Thread.sleep(number == 0 ? 1000 : 0);
            EchoServer.send(socket, text);
        });

        // The first waits 400 ms, and with it everything sent until then; the rest goes over the second connection.
        assertThat(report.failures()).containsExactly(new FailureCount(FailureKind.ECHO_LOST, report.failed()));
        assertThat(report.failed()).isBetween(10L, 19L);
        assertThat(report.succeeded()).isEqualTo(20 - report.failed());
        assertThat(report.readers().getFirst().reconnects()).isEqualTo(1);
    }

    @Test
    void somethingElseThanWhatWasSentIsAFailure() throws Exception {
        LoadReport report = run((text, number, socket) -> EchoServer.send(socket, number == 2 ? "something" : text));

        assertThat(report.failures()).containsExactly(new FailureCount(FailureKind.WRONG_BODY, 1));
        assertThat(report.firstFailures().getFirst().reason()).endsWith("came back as: something");
    }

    @Test
    @Timeout(20)
    void aRefusedReconnectIsAFailure() throws Exception {
        var server = new ScriptedServer(new EchoServer((text, number, socket) -> EchoServer.send(socket, text)));
        try (server;
                var load = Load.start(List.of(reader(server, 10_000)), LoadSettings.standard(), TIME)) {
            while (load.snapshot().succeeded() < 10) {
                Thread.sleep(1);
            }
            server.close();
            load.awaitEnd();
            LoadReport report = load.stop();

            long refused = 20 - report.succeeded() - report.cutOff();
            assertThat(refused).isPositive();
            assertThat(report.failures()).containsExactly(new FailureCount(FailureKind.CONNECT_REFUSED, refused));
        }
    }

    @Test
    void aServerThatDoesNotSwitchProtocolsIsAFailure() throws Exception {
        ScriptedServer.Script script = request -> request.answer("HTTP/1.1 503 No\r\nContent-Length: 4\r\n\r\nbusy");
        try (var server = new ScriptedServer(script)) {
            LoadReport report = Load.run(List.of(reader(server, 10_000)), LoadSettings.standard(), TIME);

            assertThat(report.failures()).containsExactly(new FailureCount(FailureKind.SERVER_ERROR, 20));
            assertThat(report.firstFailures().getFirst().reason()).isEqualTo("no WebSocket, but status 503: busy");
        }
    }

    @Test
    void pingsAreAnsweredAndPartsOfAMessageJoined() throws Exception {
        LoadReport report = run((text, number, socket) -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            var output = socket.getOutputStream();
            output.write(new byte[] {0x01, 1, bytes[0]}); // the first part
            Frames.write(output, Frames.PING, new byte[] {'?'}); // control frames may come between parts
            byte[] rest =
                    new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            List<byte[]> meanwhile = new ArrayList<>(); // on a slow machine the next messages may come before the pong
            Frames.Frame frame = Frames.read(socket.getInputStream());
            while (frame.code() == Frames.TEXT) {
                meanwhile.add(frame.payload());
                frame = Frames.read(socket.getInputStream());
            }
            if (frame.code() == Frames.PONG && frame.payload().length == 1) {
                Frames.write(output, Frames.CONTINUATION, rest);
                for (byte[] message : meanwhile) {
                    Frames.write(output, Frames.TEXT, message);
                }
            }
        });

        assertThat(report.succeeded()).isEqualTo(20);
    }

    /** The JDK's own client as the judge of the frames, short, long and longer. */
    @Test
    void anotherClientUnderstandsTheFrames() throws Exception {
        var texts = List.of("short", "x".repeat(1_000), "y".repeat(100_000));
        var echoed = new CompletableFuture<String>();
        var listener = new WebSocket.Listener() {
            private final StringBuilder all = new StringBuilder();

            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                all.append(data);
                if (all.length() == 101_005) {
                    echoed.complete(all.toString());
                }
                socket.request(1);
                return CompletableFuture.completedStage("");
            }
        };
        var client = HttpClient.newHttpClient();
        try (var server = new ScriptedServer(new EchoServer((text, number, socket) -> EchoServer.send(socket, text)))) {
            WebSocket socket = client.newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/"), listener)
                    .get(5, TimeUnit.SECONDS);
            for (String text : texts) {
                socket.sendText(text, true).get(5, TimeUnit.SECONDS);
            }

            assertThat(echoed.get(5, TimeUnit.SECONDS)).isEqualTo(String.join("", texts));
        } finally {
            client.shutdownNow();
        }
    }
}
