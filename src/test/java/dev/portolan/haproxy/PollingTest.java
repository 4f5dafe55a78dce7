package dev.portolan.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PollingTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void itAsksUntilThereIsAnAnswer() {
        assertThat(Polling.until(
                        LONG, () -> Optional.of(asked.incrementAndGet()).filter(count -> count == 5)))
                .contains(5);
        assertThat(asked).hasValue(5);
    }

    @Test
    void itAsksOnceWhenThereIsNoTime() {
        assertThat(Polling.until(Duration.ZERO, () -> {
                    asked.incrementAndGet();
                    return Optional.empty();
                }))
                .isEmpty();
        assertThat(asked).hasValue(1);
    }

    @Test
    void itDoesNotWaitForTheAnswerToTheQuestionBefore() {
        long start = System.nanoTime();
        // the fourth is the first that finds it so, and each takes a second
        assertThat(Polling.until(LONG, () -> {
                    int number = asked.incrementAndGet();
                    sleep(Duration.ofSeconds(1));
                    return Optional.of(number).filter(count -> count >= 4);
                }))
                .contains(4);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void whatAQuestionThrowsIsThrownAsItIs() {
        assertThatThrownBy(() -> Polling.until(LONG, () -> {
                    throw new HaproxyException.NotRunning("there");
                }))
                .isInstanceOf(HaproxyException.NotRunning.class);
    }

    @Test
    void anInterruptEndsIt() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Polling.until(LONG, Optional::empty)).hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
