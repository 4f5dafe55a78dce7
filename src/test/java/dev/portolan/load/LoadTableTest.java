package dev.portolan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.load.LoadReport.FailureCount;
import dev.portolan.load.LoadReport.FaultRow;
import dev.portolan.load.LoadReport.Figures;
import dev.portolan.load.LoadReport.Pace;
import dev.portolan.load.LoadReport.PlaceRow;
import dev.portolan.load.LoadReport.ReaderRow;
import dev.portolan.load.LoadReport.ServedRow;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoadTableTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Latency LATENCY =
            new Latency(micros(410), micros(900), micros(4_040), micros(20_000), micros(2_004_000));

    private static Duration micros(long micros) {
        return Duration.ofNanos(micros * 1000);
    }

    private static Figures figures(long succeeded, long failed, long cutOff) {
        return new Figures(
                succeeded + failed + cutOff, succeeded, failed, cutOff, 0, LATENCY, Duration.ofMillis(1_534));
    }

    private static LoadReport good() {
        return new LoadReport(
                NOON,
                Duration.ofSeconds(12),
                2400,
                2400,
                0,
                0,
                0,
                LATENCY,
                List.of(new ReaderRow("here", ReaderKind.KEEP_ALIVE, Rate.perSecond(200), figures(2400, 0, 0), 1, 0)),
                List.of(new PlaceRow("here", figures(2400, 0, 0))),
                List.of(new ServedRow("here", ServedBy.UNKNOWN, 2400, 0)),
                List.of(),
                List.of(),
                List.of(),
                new Pace(0, Duration.ofMillis(3), 0));
    }

    private static Failure failure(long millis, String reason) {
        return new Failure(
                "sydney",
                ReaderKind.KEEP_ALIVE,
                URI.create("http://127.0.0.1:8080/"),
                "1-2-3",
                NOON,
                NOON.plusMillis(1),
                NOON.plusMillis(millis),
                FailureKind.SERVER_ERROR,
                reason,
                Optional.of(new ServedBy("v2", "sydney")));
    }

    private static LoadReport bad() {
        return new LoadReport(
                NOON,
                Duration.ofSeconds(75),
                1505,
                1499,
                4,
                2,
                0,
                LATENCY,
                List.of(
                        new ReaderRow("dublin", ReaderKind.POST, Rate.parse("30/m"), figures(499, 0, 1), 1, 0),
                        new ReaderRow("sydney", ReaderKind.KEEP_ALIVE, Rate.perSecond(20), figures(900, 4, 0), 2, 0),
                        new ReaderRow("sydney", ReaderKind.WEB_SOCKET, Rate.perSecond(5), figures(100, 0, 1), 2, 1)),
                List.of(new PlaceRow("dublin", figures(499, 0, 1)), new PlaceRow("sydney", figures(1000, 4, 1))),
                List.of(
                        new ServedRow("dublin", new ServedBy("v1", "dublin"), 499, 0),
                        new ServedRow("sydney", new ServedBy("v2", "sydney"), 1000, 3)),
                List.of(
                        new FailureCount(FailureKind.SERVER_ERROR, 3),
                        new FailureCount(FailureKind.CONNECT_REFUSED, 1)),
                List.of(
                        failure(1_030, "status 500: oh"),
                        failure(1_040, "status 503: no"),
                        failure(1_050, "status 500: oh")),
                List.of(new FaultRow(new Fault("kill of dublin", NOON, NOON), 1)),
                new Pace(12, Duration.ofMillis(230), 1));
    }

    @Test
    void aGoodReportIsOneSmallTable() {
        assertThat(LoadTable.of(good(), ZoneOffset.UTC)).isEqualTo("""
                readers                  sent  succeeded  failed  cut off   median     p99  slowest  longest gap
                here                    2,400      2,400       0        0  0.41 ms  4.0 ms   2.00 s       1.53 s
                  keep-alive GET 200/s  2,400      2,400       0        0  0.41 ms  4.0 ms   2.00 s       1.53 s
                """);
    }

    @Test
    void aBadReportSaysEverything() {
        assertThat(LoadTable.of(bad(), ZoneOffset.UTC)).isEqualTo("""
                readers                         sent  succeeded  failed  cut off   median     p99  slowest  longest gap
                dublin                           500        499       0        1  0.41 ms  4.0 ms   2.00 s       1.53 s
                  POST 30/m                      500        499       0        1  0.41 ms  4.0 ms   2.00 s       1.53 s
                sydney                         1,005      1,000       4        1  0.41 ms  4.0 ms   2.00 s       1.53 s
                  keep-alive GET 20/s            904        900       4        0  0.41 ms  4.0 ms   2.00 s       1.53 s
                  WebSocket 5/s (1 reconnect)    101        100       0        1  0.41 ms  4.0 ms   2.00 s       1.53 s
                all                            1,505      1,499       4        2  0.41 ms  4.0 ms   2.00 s       1.53 s

                served  release  region  succeeded  failed
                dublin       v1  dublin        499       0
                sydney       v2  sydney      1,000       3

                4 requests failed: 3 status 5xx, 1 connection refused
                  12:00:01.030  sydney  keep-alive GET http://127.0.0.1:8080/, status 5xx: status 500: oh (release v2 in sydney) (2 times until 12:00:01.050)
                  12:00:01.040  sydney  keep-alive GET http://127.0.0.1:8080/, status 5xx: status 503: no (release v2 in sydney)
                  and 1 more

                broken on purpose: kill of dublin (1 POST cut off in flight)

                the readers could not keep to their rate on this machine: 12 requests begun late, the latest by 230 ms, 1 held back by those before them; the times above include this
                """);
    }

    @Test
    void theProgressIsOneLine() {
        assertThat(ProgressLine.of(good())).isEqualTo("0:12  2,400 sent  0 failed  p99 4.0 ms  slowest 2.00 s");
        assertThat(ProgressLine.of(bad()))
                .isEqualTo("1:15  1,505 sent  4 failed  2 cut off  p99 4.0 ms  slowest 2.00 s"
                        + "  13 late by this machine");
    }

    @Test
    void aReportThatLosesARequestCannotBeMade() {
        LoadReport good = good();
        assertThatThrownBy(() -> new LoadReport(
                        good.started(),
                        good.elapsed(),
                        2401,
                        2400,
                        0,
                        0,
                        0,
                        good.latency(),
                        good.readers(),
                        good.places(),
                        good.served(),
                        good.failures(),
                        good.firstFailures(),
                        good.faults(),
                        good.pace()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a request is lost: 2401 are not 2400 + 0 + 0 + 0");
    }

    @Test
    void durationsHaveTwoOrThreeDigitsAndAUnit() {
        assertThat(Text.duration(micros(41))).isEqualTo("0.04 ms");
        assertThat(Text.duration(micros(999))).isEqualTo("1.0 ms");
        assertThat(Text.duration(micros(9_990))).isEqualTo("10.0 ms");
        assertThat(Text.duration(micros(10_400))).isEqualTo("10 ms");
        assertThat(Text.duration(micros(999_600))).isEqualTo("1.00 s");
        assertThat(Text.duration(Duration.ofMillis(59_990))).isEqualTo("60.0 s");
        assertThat(Text.duration(Duration.ofSeconds(125))).isEqualTo("2 m 05 s");
    }
}
