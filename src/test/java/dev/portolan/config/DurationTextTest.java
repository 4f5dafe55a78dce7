package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @Test
    void durationsAreReadAsComposeWritesThem() {
        assertThat(DurationText.parse("10s")).contains(Duration.ofSeconds(10));
        assertThat(DurationText.parse("1m30s")).contains(Duration.ofSeconds(90));
        assertThat(DurationText.parse("2h")).contains(Duration.ofHours(2));
        assertThat(DurationText.parse("250ms")).contains(Duration.ofMillis(250));
        assertThat(DurationText.parse("0s")).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "s", "10 s", "-1s", "1.5s", "30s1m", "1d", "10S"})
    void anythingElseIsNone(String text) {
        assertThat(DurationText.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "10s", "1m30s", "2h", "1h1m1s1ms"})
    void whatIsWrittenIsReadBackTheSame(String text) {
        assertThat(DurationText.parse(text).map(DurationText::format)).contains(text);
    }
}
