package dev.portolan.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.HostId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeOrderTest {
    private static final LogSource WEB = new LogSource(new HostId("dublin", "local"), "web", 1, "shop-dublin-web-1");
    private static final LogSource WORKER = new LogSource(new HostId("sydney", "10.0.0.1"), "worker", 2, "w");

    private final TimeOrder order = new TimeOrder(Duration.ofNanos(100));

    @Test
    void anEarlierLineThatArrivesALittleLaterComesFirst() {
        order.add(line(WEB, "12:00:02"), 0);
        order.add(line(WORKER, "12:00:01"), 50);

        assertThat(order.ready(99)).isEmpty();
        assertThat(times(order.ready(100))).containsExactly("12:00:01", "12:00:02");
        assertThat(order.ready(1000)).isEmpty();
    }

    @Test
    void linesOfOneMomentKeepTheOrderInWhichTheyCame() {
        order.add(new LogEntry(WEB, "12:00:01", false, "a"), 0);
        order.add(new LogEntry(WEB, "12:00:01", true, "b"), 0);
        order.add(new LogEntry(WEB, "12:00:01", false, "c"), 0);

        assertThat(order.rest()).extracting(LogEntry::text).containsExactly("a", "b", "c");
    }

    @Test
    void aLaterLineWaitsForItsOwnTime() {
        order.add(line(WEB, "12:00:01"), 0);
        order.add(line(WEB, "12:00:05"), 90);

        assertThat(times(order.ready(120))).containsExactly("12:00:01");
        assertThat(times(order.ready(190))).containsExactly("12:00:05");
    }

    @Test
    void aSourceIsNamedByItsRegionAndWhereThereAreSeveralByItsHost() {
        assertThat(WEB.label()).isEqualTo("dublin/web-1");
        assertThat(WORKER.label()).isEqualTo("sydney/10.0.0.1/worker-2");
    }

    private static LogEntry line(LogSource source, String time) {
        return new LogEntry(source, time, false, "");
    }

    private static List<String> times(List<LogEntry> entries) {
        return entries.stream().map(LogEntry::time).toList();
    }
}
