package dev.portolan.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.load.LoadReport.FailureCount;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** What was in flight in a process when a test killed it has an unknown outcome, if it may not be repeated. */
class FaultTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Fault FAULT = new Fault("kill", NOON.plusSeconds(10), NOON.plusSeconds(11));

    private static Failure failure(ReaderKind reader, double sent, double ended, FailureKind kind) {
        return failure(reader, sent, ended, kind, Optional.empty());
    }

    private static Failure failure(
            ReaderKind reader, double sent, double ended, FailureKind kind, Optional<ServedBy> by) {
        return new Failure(
                "here",
                reader,
                URI.create("http://example.org/"),
                "1",
                NOON,
                NOON.plusMillis((long) (sent * 1000)),
                NOON.plusMillis((long) (ended * 1000)),
                kind,
                "reason",
                by);
    }

    @Test
    void aPostThatWasInFlightAtTheFaultIsExplainedByIt() {
        assertThat(FAULT.explains(failure(ReaderKind.POST, 9, 10.5, FailureKind.RESET)))
                .isTrue();
        assertThat(FAULT.explains(failure(ReaderKind.POST, 9, 12, FailureKind.CLOSED_EARLY)))
                .isTrue();
        assertThat(FAULT.explains(failure(ReaderKind.POST, 10.2, 20, FailureKind.TIMEOUT)))
                .isTrue();
    }

    @Test
    void aPostThatEndedBeforeItOrWasSentAfterItIsNot() {
        assertThat(FAULT.explains(failure(ReaderKind.POST, 9, 9.999, FailureKind.RESET)))
                .isFalse();
        assertThat(FAULT.explains(failure(ReaderKind.POST, 11.001, 12, FailureKind.RESET)))
                .isFalse();
    }

    @Test
    void aRequestThatMayBeRepeatedGetsNoSuchLeniency() {
        for (ReaderKind kind : List.of(ReaderKind.KEEP_ALIVE, ReaderKind.NEW_CONNECTION, ReaderKind.SLOW)) {
            assertThat(FAULT.explains(failure(kind, 9, 12, FailureKind.RESET))).isFalse();
        }
    }

    @Test
    void aFailureWhoseOutcomeIsKnownIsAFailure() {
        var known = List.of(
                FailureKind.CONNECT_REFUSED,
                FailureKind.CONNECT_TIMEOUT,
                FailureKind.SERVER_ERROR,
                FailureKind.CLIENT_ERROR,
                FailureKind.WRONG_BODY,
                FailureKind.NOT_SENT);
        for (FailureKind kind : known) {
            assertThat(FAULT.explains(failure(ReaderKind.POST, 9, 12, kind))).isFalse();
        }
    }

    @Test
    void aProxyWithoutAnAnswerIsExplainedButNotTheAppsOwn502() {
        var proxy = Optional.of(ServedBy.UNKNOWN);
        var app = Optional.of(new ServedBy("v1", "sydney"));
        assertThat(FAULT.explains(failure(ReaderKind.POST, 9, 12, FailureKind.GATEWAY, proxy)))
                .isTrue();
        assertThat(FAULT.explains(failure(ReaderKind.POST, 9, 12, FailureKind.GATEWAY, app)))
                .isFalse();
    }

    @Test
    void aKilledServerLeavesItsPostCutOffAndItsGetFailedAndEverythingElseUntouched() throws Exception {
        Map<String, Integer> effects = new ConcurrentHashMap<>();
        ScriptedServer.Script script = request -> {
            if (request.method().equals("POST")) {
                effects.merge(request.body(), 1, Integer::sum);
            }
            Thread.sleep(400);
            request.ok("hello");
        };
        try (var server = new ScriptedServer(script)) {
            var rate = Rate.perSecond(10); // at 500 ms four of each reader are in flight
            var readers = List.of(
                    Reader.of("here", ReaderKind.POST, server.uri(), rate),
                    Reader.of("here", ReaderKind.SLOW, server.uri(), rate));
            try (var load = Load.start(readers, LoadSettings.standard(), Duration.ofSeconds(1))) {
                Thread.sleep(480);
                load.duringFault("kill of the server", () -> {
                    server.closeConnections();
                    return server;
                });
                load.awaitEnd();
                LoadReport report = load.stop();

                long cutOff = report.cutOff();
                assertThat(cutOff).isBetween(1L, 9L);
                assertThat(report.failures())
                        .extracting(FailureCount::kind)
                        .isSubsetOf(FailureKind.CLOSED_EARLY, FailureKind.RESET);
                assertThat(report.failed()).isBetween(1L, 9L);
                assertThat(report.firstFailures()).allMatch(failure -> failure.reader() == ReaderKind.SLOW);
                assertThat(report.succeeded()).isEqualTo(20 - cutOff - report.failed());
                assertThat(report.faults())
                        .singleElement()
                        .satisfies(row -> assertThat(row.cutOff()).isEqualTo(cutOff));
                assertThat(load.posts().stream().filter(post -> post.outcome() == Post.Outcome.CUT_OFF))
                        .hasSize((int) cutOff);
                assertThat(Effects.of(load.posts(), effects).exactlyOnce()).isTrue();
            }
        }
    }

    @Test
    void aFaultThatIsAnnouncedAfterTheLoadHasEndedStillExplains() throws Exception {
        ScriptedServer.Script script = request -> {
            Thread.sleep(50);
            request.reset();
        };
        try (var server = new ScriptedServer(script);
                var load = Load.start(
                        List.of(Reader.of("here", ReaderKind.POST, server.uri(), Rate.perSecond(1))),
                        LoadSettings.standard(),
                        Duration.ofMillis(100))) {
            load.awaitEnd();
            LoadReport before = load.stop();
            load.faultAt(before.firstFailures().getFirst().sent().plusMillis(1), "kill");
            LoadReport after = load.stop();

            assertThat(before.failed()).isEqualTo(1);
            assertThat(after.failed()).isZero();
            assertThat(after.cutOff()).isEqualTo(1);
            assertThat(after.firstFailures()).isEmpty();
        }
    }
}
