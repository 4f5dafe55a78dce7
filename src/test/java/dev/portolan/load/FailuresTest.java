package dev.portolan.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.load.LoadReport.FailureCount;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that fail in every way there is: each failure is counted once, as what it is. */
class FailuresTest {
    private static final LoadSettings SETTINGS = LoadSettings.standard();
    private static final Rate RATE = Rate.perSecond(80);
    private static final Duration TIME = Duration.ofMillis(250); // 20 requests

    private static Reader reader(ReaderKind kind, URI uri) {
        return Reader.of("here", kind, uri, RATE);
    }

    private static Reader impatient(ReaderKind kind, URI uri) {
        return reader(kind, uri).within(Duration.ofMillis(400));
    }

    private static LoadReport run(ReaderKind kind, ScriptedServer.Script script) throws Exception {
        try (var server = new ScriptedServer(script)) {
            return Load.run(List.of(reader(kind, server.uri())), SETTINGS, TIME);
        }
    }

    private static void assertFailed(LoadReport report, int count, FailureKind kind) {
        assertThat(report.firstFailures()).allMatch(failure -> failure.kind() == kind, kind.text());
        assertThat(report.failures()).containsExactly(new FailureCount(kind, count));
        assertThat(report.failed()).isEqualTo(count);
        assertThat(report.succeeded()).isEqualTo(20 - count);
        assertThat(report.requests()).isEqualTo(20);
        assertThat(report.cutOff()).isZero();
    }

    @Test
    void aRefusedConnection() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var refused = URI.create("http://127.0.0.1:" + port + "/");
        var readers = List.of(reader(ReaderKind.KEEP_ALIVE, refused));
        LoadReport report = Load.run(readers, SETTINGS, TIME);

        assertFailed(report, 20, FailureKind.CONNECT_REFUSED);
        assertThat(report.readers().getFirst().connections()).isZero();
        assertThat(report.firstFailures().getFirst().answeredBy()).isEmpty();
    }

    @Test
    void anAddressThatAnswersToNobody() throws Exception {
        // A listener whose queue is full drops further attempts to connect.
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var first = new Socket(full.getInetAddress(), full.getLocalPort());
                var second = new Socket(full.getInetAddress(), full.getLocalPort())) {
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            var silent = URI.create("http://127.0.0.1:" + full.getLocalPort() + "/");
            assertFailed(
                    Load.run(List.of(impatient(ReaderKind.KEEP_ALIVE, silent)), SETTINGS, TIME),
                    20,
                    FailureKind.CONNECT_TIMEOUT);
        }
    }

    @Test
    void aNameThatNobodyKnows() throws Exception {
        var unknown = URI.create("http://nobody.invalid/");
        assertFailed(
                Load.run(List.of(reader(ReaderKind.KEEP_ALIVE, unknown)), SETTINGS, TIME), 20, FailureKind.UNREACHABLE);
    }

    @Test
    void aResetInTheMiddleOfTheBody() throws Exception {
        ScriptedServer.Script script = request -> {
            if (request.number() % 4 == 3) {
                request.answer("HTTP/1.1 200 OK\r\nX-Release: v1\r\nContent-Length: 100\r\n\r\n0123456789");
                Thread.sleep(100); // a reset throws away what has not been read yet
                request.reset();
            } else {
                request.ok("hello");
            }
        };
        LoadReport report = run(ReaderKind.KEEP_ALIVE, script);

        assertFailed(report, 5, FailureKind.RESET);
        assertThat(report.firstFailures().getFirst().answeredBy()).isEqualTo(Optional.of(new ServedBy("v1", "-")));
        assertThat(report.served())
                .containsExactly(
                        new LoadReport.ServedRow("here", ServedBy.UNKNOWN, 15, 0),
                        new LoadReport.ServedRow("here", new ServedBy("v1", "-"), 0, 5));
    }

    @Test
    void aCloseInTheMiddleOfTheBody() throws Exception {
        ScriptedServer.Script script = request -> {
            request.answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123456789");
            request.socket().close();
        };
        assertFailed(run(ReaderKind.KEEP_ALIVE, script), 20, FailureKind.CLOSED_EARLY);
    }

    @Test
    void aCloseInTheMiddleOfAChunk() throws Exception {
        ScriptedServer.Script script = request -> {
            request.answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n0123456789");
            request.socket().close();
        };
        assertFailed(run(ReaderKind.NEW_CONNECTION, script), 20, FailureKind.CLOSED_EARLY);
    }

    @Test
    void aCloseInsteadOfAnAnswerOnAConnectionThatWasGoodBeforeIsNotRepeated() throws Exception {
        ScriptedServer.Script script = request -> {
            if (request.number() % 2 == 0) {
                request.ok("hello");
            } else {
                request.socket().close();
            }
        };
        try (var server = new ScriptedServer(script)) {
            LoadReport report = Load.run(List.of(reader(ReaderKind.KEEP_ALIVE, server.uri())), SETTINGS, TIME);

            assertFailed(report, 10, FailureKind.CLOSED_EARLY);
            assertThat(server.requests).hasValue(20);
            assertThat(report.firstFailures().getFirst().reason()).contains("0 bytes of the answer had come");
        }
    }

    @Test
    void anAnswerThatDoesNotComeInTime() throws Exception {
        ScriptedServer.Script script = request -> {
            if (request.number() % 10 == 0) {
                Thread.sleep(3000);
            }
            request.ok("hello");
        };
        try (var server = new ScriptedServer(script)) {
            var reader = reader(ReaderKind.SLOW, server.uri()).within(Duration.ofSeconds(1));
            LoadReport report = Load.run(List.of(reader), SETTINGS, TIME);

            assertFailed(report, 2, FailureKind.TIMEOUT);
            assertThat(report.firstFailures().getFirst().after())
                    .isBetween(Duration.ofSeconds(1), Duration.ofMillis(2900));
        }
    }

    @Test
    void aBodyThatDripsBeyondTheTime() throws Exception {
        ScriptedServer.Script script = request -> {
            request.answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
            for (int i = 0; i < 100; i++) {
                Thread.sleep(50);
                request.answer("x");
            }
        };
        try (var server = new ScriptedServer(script)) {
            var readers = List.of(impatient(ReaderKind.KEEP_ALIVE, server.uri()));
            assertFailed(Load.run(readers, SETTINGS, TIME), 20, FailureKind.TIMEOUT);
        }
    }

    @Test
    void statusesOfServerProxyAndReader() throws Exception {
        ScriptedServer.Script script = request -> {
            int[] statuses = {200, 301, 404, 500, 502, 503, 504};
            int status = statuses[request.number() % 7];
            request.answer("HTTP/1.1 " + status + " Words\r\nContent-Length: 5\r\n\r\nwords");
        };
        LoadReport report = run(ReaderKind.KEEP_ALIVE, script);

        assertThat(report.failures())
                .containsExactly(
                        new FailureCount(FailureKind.SERVER_ERROR, 6),
                        new FailureCount(FailureKind.GATEWAY, 5),
                        new FailureCount(FailureKind.CLIENT_ERROR, 3));
        assertThat(report.succeeded()).isEqualTo(6);
        assertThat(report.firstFailures().getFirst().reason()).isEqualTo("status 404: words");
        assertThat(report.readers().getFirst().connections()).isLessThan(15); // a failed answer is an answer
    }

    @Test
    void moreThanTheAnswerSaid() throws Exception {
        ScriptedServer.Script script =
                request -> request.answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and more");
        assertFailed(run(ReaderKind.KEEP_ALIVE, script), 20, FailureKind.WRONG_LENGTH);
    }

    @Test
    void somethingElseThanHttp() throws Exception {
        ScriptedServer.Script script = request -> request.answer("220 smtp.example ESMTP\r\n");
        assertFailed(run(ReaderKind.KEEP_ALIVE, script), 20, FailureKind.MALFORMED);
    }

    @Test
    void theWrongBody() throws Exception {
        ScriptedServer.Script script = request -> request.ok(request.number() == 7 ? "good bye" : "hello");
        try (var server = new ScriptedServer(script)) {
            var reader = reader(ReaderKind.KEEP_ALIVE, server.uri()).expecting(new Expectation.Contains("hello"));
            LoadReport report = Load.run(List.of(reader), SETTINGS, TIME);

            assertFailed(report, 1, FailureKind.WRONG_BODY);
            assertThat(report.firstFailures().getFirst().reason())
                    .isEqualTo("the body does not contain 'hello': good bye");
        }
    }

    @Test
    @Timeout(20)
    void anIdleConnectionThatTheServerHasClosedIsNoFailureButReplaced() throws Exception {
        try (var server = new ScriptedServer(request -> request.ok("hello"))) {
            var reader = Reader.of("here", ReaderKind.KEEP_ALIVE, server.uri(), Rate.perSecond(2));
            try (var load = Load.start(List.of(reader), SETTINGS, Duration.ofMillis(1500))) {
                for (int answered = 1; answered <= 3; answered++) {
                    while (load.snapshot().succeeded() < answered) {
                        Thread.sleep(10);
                    }
                    server.closeConnections();
                }
                LoadReport report = load.stop();

                assertThat(report.failures()).isEmpty();
                assertThat(report.succeeded()).isEqualTo(3);
                assertThat(server.connections).hasValue(3);
            }
        }
    }

    @Test
    void aRequestThatCouldNotBeSentInTimeHasFailed() throws Exception {
        ScriptedServer.Script script = request -> {
            Thread.sleep(2000);
            request.ok("hello");
        };
        try (var server = new ScriptedServer(script)) {
            var reader = impatient(ReaderKind.KEEP_ALIVE, server.uri()).atMost(1);
            LoadReport report = Load.run(List.of(reader), SETTINGS, TIME);

            assertThat(report.failed()).isEqualTo(20);
            assertThat(report.failures().stream().map(FailureCount::kind))
                    .containsExactly(FailureKind.NOT_SENT, FailureKind.TIMEOUT);
            assertThat(report.pace().heldBack()).isEqualTo(19);
        }
    }

    @Test
    void onlyTheFirstFailuresAreDescribedButAllAreCounted() throws Exception {
        ScriptedServer.Script script = request -> request.answer("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n");
        try (var server = new ScriptedServer(script)) {
            var readers = List.of(reader(ReaderKind.KEEP_ALIVE, server.uri()), reader(ReaderKind.POST, server.uri()));
            LoadReport report = Load.run(readers, SETTINGS, TIME);

            assertThat(report.failed()).isEqualTo(40);
            assertThat(report.firstFailures())
                    .hasSize(20)
                    .isSortedAccordingTo((a, b) -> a.ended().compareTo(b.ended()));
        }
    }

    @Test
    void anInterruptedStopGivesUpWhatIsInFlight() throws Exception {
        ScriptedServer.Script script = request -> Thread.sleep(3000);
        try (var server = new ScriptedServer(script)) {
            var reader = Reader.of("here", ReaderKind.KEEP_ALIVE, server.uri(), RATE);
            try (var load = Load.start(List.of(reader), SETTINGS, TIME)) {
                load.awaitEnd();
                Thread.sleep(50);
                Thread.currentThread().interrupt();
                LoadReport report = load.stop();

                assertThat(Thread.interrupted()).isTrue();
                assertThat(report.elapsed()).isLessThan(Duration.ofSeconds(2));
                assertThat(report.failed()).isEqualTo(20);
                assertThat(report.firstFailures().getFirst().reason()).startsWith("given up");
            }
        }
    }

    @Test
    void anAnswerWithoutALengthLastsUntilTheConnectionEnds() throws IOException, InterruptedException {
        ScriptedServer.Script script = request -> {
            request.answer("HTTP/1.1 200 OK\r\n\r\nhello");
            request.socket().close();
        };
        try (var server = new ScriptedServer(script)) {
            LoadReport report = Load.run(List.of(reader(ReaderKind.KEEP_ALIVE, server.uri())), SETTINGS, TIME);
            assertThat(report.succeeded()).isEqualTo(20);
        }
    }
}
