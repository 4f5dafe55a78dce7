package dev.portolan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.model.ExitCode;
import dev.portolan.model.UserError;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {
    @ParameterizedTest
    @ValueSource(strings = {"200/s", "1/s", "30/m", "7/h", "1000000/s"})
    void aRateIsReadAndWrittenAlike(String text) {
        assertThat(Rate.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "200", "0/s", "-1/s", "1.5/s", "200/d", "1000001/s", "99999999999/s", "200 / s", "s"})
    void anythingElseIsAUserErrorThatSaysWhatToWrite(String text) {
        assertThatThrownBy(() -> Rate.parse(text)).isInstanceOfSatisfying(UserError.class, error -> {
            assertThat(error.message()).isEqualTo("'" + text + "' is not a rate");
            assertThat(error.remedy()).contains("200/s");
            assertThat(error.exitCode()).isEqualTo(ExitCode.USAGE);
        });
    }

    @Test
    void requestsAreDueAtExactTimesHoweverLongItLasts() {
        var third = Rate.perSecond(3);
        assertThat(third.dueNanos(0)).isZero();
        assertThat(third.dueNanos(1)).isEqualTo(333_333_333);
        assertThat(third.dueNanos(2)).isEqualTo(666_666_666);
        assertThat(third.dueNanos(3_000_000_000L)).isEqualTo(1_000_000_000_000_000_000L);
    }

    @Test
    void theNumberInATimeIsHowManyAreDueBeforeItsEnd() {
        for (String text : new String[] {"1/s", "3/s", "7/s", "200/s", "999983/s", "30/m", "7/h"}) {
            var rate = Rate.parse(text);
            for (Duration time : new Duration[] {
                Duration.ofNanos(1), Duration.ofMillis(333), Duration.ofSeconds(1), Duration.ofMinutes(10)
            }) {
                long number = rate.requestsIn(time);
                assertThat(rate.dueNanos(number - 1)).as("%s in %s", text, time).isLessThan(time.toNanos());
                assertThat(rate.dueNanos(number)).as("%s in %s", text, time).isGreaterThanOrEqualTo(time.toNanos());
            }
        }
        assertThat(Rate.parse("200/s").requestsIn(Duration.ofMinutes(1))).isEqualTo(12_000);
    }
}
