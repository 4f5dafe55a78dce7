package dev.portolan.haproxy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks again and again, because HAProxy tells nothing by itself. */
public final class Polling {
    private static final Duration PAUSE = Duration.ofMillis(10);

    /** A host that is far away is asked again before it has answered: otherwise what happens there is seen a whole trip later. */
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

    private static final int MOST_AT_ONCE = 32;

    private Polling() {}

    /**
     * Asks until there is an answer. It asks at least once.
     *
     * @param question may be asked by several threads at once; a later one is not answered with what was so before an earlier one
     * @return the answer; empty when there was none within the limit
     */
    public static <T> Optional<T> until(Duration limit, Supplier<Optional<T>> question) {
        long end = System.nanoTime() + limit.toNanos();
        Deque<Asked<Optional<T>>> asked = new ArrayDeque<>();
        while (true) {
            long now = System.nanoTime();
            boolean last = now >= end;
            if (asked.isEmpty() || (!last && asked.size() < MOST_AT_ONCE)) {
                asked.add(Asked.now(question));
            }
            long next = now + LONGEST_PAUSE.toNanos();
            while (!asked.isEmpty() && asked.peek().within(Duration.ofNanos(next - System.nanoTime()))) {
                Optional<T> answer = asked.remove().answer();
                if (answer.isPresent() || (last && asked.isEmpty())) {
                    return answer;
                }
            }
            if (asked.isEmpty()) {
                pause();
            }
        }
    }

    /** Between two questions. */
    public static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HaproxyException("interrupted while waiting for HAProxy", "run the command again");
        }
    }
}
