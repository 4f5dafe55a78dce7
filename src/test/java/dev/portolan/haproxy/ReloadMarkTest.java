package dev.portolan.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The answers are those of HAProxy 2.6. */
class ReloadMarkTest {

    @Test
    void aMarkStandsForAWhile() {
        assertThat(ReloadMark.set(after(100)))
                .contains("set var proc.portolan_reload str(130)")
                .startsWith("experimental-mode on");
        String answer = "proc.portolan_reload: type=str value=<130>";
        assertThat(ReloadMark.stands(answer, after(100))).isTrue();
        assertThat(ReloadMark.stands(answer, after(130))).isTrue();
        assertThat(ReloadMark.stands(answer, after(131))).isFalse();
    }

    @Test
    void aWorkerThatNobodyReplacesHasNone() {
        assertThat(ReloadMark.stands("Variable not found.", after(0))).isFalse();
        assertThat(ReloadMark.clear()).contains("set var proc.portolan_reload str(none)");
        assertThat(ReloadMark.stands("proc.portolan_reload: type=str value=<none>", after(0)))
                .isFalse();
    }

    private static ProcessStatus after(long seconds) {
        return new ProcessStatus(7, Duration.ofSeconds(seconds), 1_000, false, "");
    }
}
