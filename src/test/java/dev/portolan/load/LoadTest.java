package dev.portolan.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.load.LoadReport.Figures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** What a load counts when everything is answered, and how it asks. */
class LoadTest {
    private static final LoadSettings SETTINGS = LoadSettings.standard();

    @Test
    void everyRequestOfAServerThatAnswersEverythingSucceedsAndTheirNumberIsRateTimesTime() throws Exception {
        try (var server = new ScriptedServer(request -> request.ok("hello"))) {
            var readers = List.of(
                    Reader.of("dublin", ReaderKind.KEEP_ALIVE, server.uri(), Rate.perSecond(400)),
                    Reader.of("dublin", ReaderKind.NEW_CONNECTION, server.uri(), Rate.perSecond(100)),
                    Reader.of("sydney", ReaderKind.POST, server.uri(), Rate.parse("1200/m")),
                    Reader.of("sydney", ReaderKind.SLOW, server.uri(), Rate.perSecond(60)));

            LoadReport report = Load.run(readers, SETTINGS, Duration.ofSeconds(1));

            assertThat(report.failures()).isEmpty();
            assertThat(report.requests()).isEqualTo(580);
            assertThat(report.succeeded()).isEqualTo(580);
            assertThat(report.outstanding()).isZero();
            assertThat(server.requests).hasValue(580);
            assertThat(report.readers().stream().map(row -> row.figures().sent()))
                    .containsExactly(400L, 100L, 20L, 60L);
            assertThat(report.places().stream().map(row -> row.figures().succeeded()))
                    .containsExactly(500L, 80L);
        }
    }

    @Test
    void aLoadThatIsStoppedHasMadeEveryRequestThatWasDueUntilThen() throws Exception {
        try (var server = new ScriptedServer(request -> request.ok("hello"));
                var load = Load.start(
                        List.of(Reader.of("here", ReaderKind.KEEP_ALIVE, server.uri(), Rate.perSecond(100))))) {
            Thread.sleep(500);
            LoadReport report = load.stop();

            assertThat(report.failed()).isZero();
            assertThat(report.requests())
                    .isBetween(50L, Math.ceilDiv(report.elapsed().toMillis(), 10) + 1);
            assertThat(load.stop().requests()).isEqualTo(report.requests());
            assertThat(server.requests).hasValue((int) report.requests());
        }
    }

    @Test
    void aKeptConnectionIsUsedAgainAndANewOneIsNot() throws Exception {
        try (var server = new ScriptedServer(request -> request.ok("hello"))) {
            LoadReport kept = Load.run(
                    List.of(Reader.of("here", ReaderKind.KEEP_ALIVE, server.uri(), Rate.perSecond(50))),
                    SETTINGS,
                    Duration.ofMillis(400));
            int keptConnections = server.connections.get();
            LoadReport fresh = Load.run(
                    List.of(Reader.of("here", ReaderKind.NEW_CONNECTION, server.uri(), Rate.perSecond(50))),
                    SETTINGS,
                    Duration.ofMillis(400));

            assertThat(keptConnections).isBetween(1, 12); // on a busy machine answers take longer than the next request
            assertThat(kept.readers().getFirst().connections()).isEqualTo(keptConnections);
            assertThat(server.connections.get() - keptConnections).isEqualTo(20);
            assertThat(fresh.readers().getFirst().connections()).isEqualTo(20);
        }
    }

    @Test
    void itCountsTheReleaseAndRegionThatServedEachPlace() throws Exception {
        ScriptedServer.Script script = request -> {
            String from = request.socket().getInetAddress().getHostAddress();
            request.ok("hello", "x-release: v" + request.number() % 2, "X-Region: of " + from);
        };
        try (var server = new ScriptedServer(script)) {
            var dublin = Reader.of("dublin", ReaderKind.KEEP_ALIVE, server.uri(), Rate.perSecond(50))
                    .from(InetAddress.getByName("127.10.0.1"));
            LoadReport report = Load.run(List.of(dublin), SETTINGS, Duration.ofMillis(400));

            assertThat(report.served())
                    .containsExactly(
                            new LoadReport.ServedRow("dublin", new ServedBy("v0", "of 127.10.0.1"), 10, 0),
                            new LoadReport.ServedRow("dublin", new ServedBy("v1", "of 127.10.0.1"), 10, 0));
        }
    }

    @Test
    void theHeadersThatNameReleaseAndRegionCanBeOthers() throws Exception {
        try (var server = new ScriptedServer(request -> request.ok("hello", "Version: 7", "X-Release: 9"))) {
            LoadReport report = Load.run(
                    List.of(Reader.of("here", ReaderKind.KEEP_ALIVE, server.uri(), Rate.perSecond(25))),
                    SETTINGS.naming("Version", "Where"),
                    Duration.ofMillis(400));

            assertThat(report.served())
                    .containsExactly(new LoadReport.ServedRow("here", new ServedBy("7", "-"), 10, 0));
        }
    }

    @Test
    void eachPostHasAnIdOfItsOwnWhichTheHarnessKeeps() throws Exception {
        Map<String, Integer> effects = new ConcurrentHashMap<>();
        ScriptedServer.Script script = request -> {
            effects.merge(request.body(), 1, Integer::sum);
            request.ok(request.method() + " " + request.headers().get("x-request-id"));
        };
        try (var server = new ScriptedServer(script)) {
            var reader = Reader.of("here", ReaderKind.POST, server.uri(), Rate.perSecond(125))
                    .expecting(new Expectation.ContainsId());
            try (var load = Load.start(List.of(reader), SETTINGS, Duration.ofMillis(400))) {
                load.awaitEnd();
                LoadReport report = load.stop();

                assertThat(report.succeeded()).isEqualTo(50);
                assertThat(load.posts()).hasSize(50).allMatch(post -> post.outcome() == Post.Outcome.SUCCEEDED);
                assertThat(Set.copyOf(load.posts().stream().map(Post::id).toList()))
                        .isEqualTo(effects.keySet());
                assertThat(Effects.of(load.posts(), effects).exactlyOnce()).isTrue();
            }
        }
    }

    @Test
    void aPostThatSomebodyRepeatedIsFound() throws Exception {
        Map<String, Integer> effects = new ConcurrentHashMap<>();
        ScriptedServer.Script script = request -> {
            effects.merge(request.body(), request.number() == 3 ? 2 : 1, Integer::sum);
            request.ok("done");
        };
        try (var server = new ScriptedServer(script);
                var load = Load.start(
                        List.of(Reader.of("here", ReaderKind.POST, server.uri(), Rate.perSecond(25))),
                        SETTINGS,
                        Duration.ofMillis(400))) {
            load.awaitEnd();
            load.stop();

            Effects found = Effects.of(load.posts(), effects);
            assertThat(found.exactlyOnce()).isFalse();
            assertThat(found.repeated()).hasSize(1).allMatch(id -> effects.getOrDefault(id, 0) == 2);
            assertThat(found.missing()).isEmpty();
        }
    }

    @Test
    void headersOfTheReaderAreSent() throws Exception {
        ScriptedServer.Script script = request -> {
            boolean right = "chuspace.com".equals(request.headers().get("host"))
                    && "a=1".equals(request.headers().get("cookie"))
                    && request.target().equals("/page?x=%20y");
            request.ok(right ? "right" : "wrong");
        };
        try (var server = new ScriptedServer(script)) {
            var reader = Reader.of(
                            "here", ReaderKind.KEEP_ALIVE, URI.create(server.uri() + "?x=%20y"), Rate.perSecond(25))
                    .with("Host", "chuspace.com")
                    .with("Cookie", "a=1")
                    .expecting(new Expectation.Contains("right"));

            assertThat(Load.run(List.of(reader), SETTINGS, Duration.ofMillis(400))
                            .succeeded())
                    .isEqualTo(10);
        }
    }

    /** The requests that were due while the server stood still must show it, not only the ones that it held. */
    @Test
    void aServerThatStopsForTwoSecondsShowsInEveryRequestThatWasDueMeanwhile() throws Exception {
        var stall = new Stall();
        try (var server = new ScriptedServer(stall)) {
            // Few requests at a time, as in a harness that waits for its answers: what it did not ask counts all the
            // same.
            var reader = Reader.of("here", ReaderKind.KEEP_ALIVE, server.uri(), Rate.perSecond(100))
                    .atMost(4);
            LoadReport report = Load.run(List.of(reader), SETTINGS, Duration.ofSeconds(4));

            Figures figures = report.places().getFirst().figures();
            assertThat(report.failed()).isZero();
            assertThat(report.succeeded()).isEqualTo(400);
            assertThat(figures.latency().slowest()).isBetween(Duration.ofMillis(1900), Duration.ofMillis(2600));
            // Of 400, 200 were due during the stall and waited from 2 s down to 0: the median of all is at its end,
            // and the slowest tenth waited 1.6 s or longer.
            assertThat(figures.latency().p90()).isBetween(Duration.ofMillis(1400), Duration.ofMillis(2200));
            assertThat(figures.longestGap()).isBetween(Duration.ofMillis(1900), Duration.ofMillis(2600));
        }
    }

    /** From one second after its first request it answers nothing for two seconds. */
    private static final class Stall implements ScriptedServer.Script {
        private final long start = System.nanoTime();

        @Override
        public void play(ScriptedServer.Request request) throws IOException, InterruptedException {
            long second = 1_000_000_000L;
            long into = System.nanoTime() - start - second;
            if (into >= 0 && into < 2 * second) {
                Thread.sleep(Duration.ofNanos(2 * second - into));
            }
            request.ok("hello");
        }
    }

    @Test
    void requestsBeyondTheMostOutstandingWaitAndTheReportSaysSo() throws Exception {
        ScriptedServer.Script slow = request -> {
            Thread.sleep(100);
            request.ok("hello");
        };
        try (var server = new ScriptedServer(slow)) {
            var reader = Reader.of("here", ReaderKind.KEEP_ALIVE, server.uri(), Rate.perSecond(20))
                    .atMost(1);
            LoadReport report = Load.run(List.of(reader), SETTINGS, Duration.ofSeconds(1));

            assertThat(report.succeeded()).isEqualTo(20);
            assertThat(server.connections).hasValue(1);
            assertThat(report.pace().keptUp()).isFalse();
            assertThat(report.pace().heldBack()).isBetween(15L, 19L);
            // Twenty answers of 100 ms one after the other; the last was due at 950 ms.
            assertThat(report.latency().slowest()).isGreaterThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void theGapThatIsOpenAtTheEndCounts() throws Exception {
        ScriptedServer.Script script = request -> {
            if (request.number() < 5) {
                request.ok("hello");
            } else {
                request.answer("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n");
            }
        };
        try (var server = new ScriptedServer(script)) {
            LoadReport report = Load.run(
                    List.of(Reader.of("here", ReaderKind.KEEP_ALIVE, server.uri(), Rate.perSecond(10))),
                    SETTINGS,
                    Duration.ofSeconds(2));

            assertThat(report.succeeded()).isEqualTo(5);
            assertThat(report.places().getFirst().figures().longestGap()).isGreaterThan(Duration.ofMillis(1400));
        }
    }
}
