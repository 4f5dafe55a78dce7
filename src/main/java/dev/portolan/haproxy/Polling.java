package dev.portolan.haproxy;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks again and again, because HAProxy tells nothing by itself. */
public final class Polling {
    private static final Duration PAUSE = Duration.ofMillis(10);

    private Polling() {}

    /**
     * Asks until there is an answer. It asks at least once.
     *
     * @return the answer; empty when there was none within the limit
     */
    public static <T> Optional<T> until(Duration limit, Supplier<Optional<T>> question) {
        long start = System.nanoTime();
        while (true) {
            Optional<T> answer = question.get();
            if (answer.isPresent() || System.nanoTime() - start >= limit.toNanos()) {
                return answer;
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HaproxyException("interrupted while waiting for HAProxy", "run the command again");
        }
    }
}
