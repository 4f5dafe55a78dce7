package dev.portolan.haproxy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A question that is being asked while others are: a host far away answers several in the time of one. Nothing is told to a question
 * that nobody waits for any more; it ends by itself.
 */
public final class Asked<T> {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final CompletableFuture<T> answer = new CompletableFuture<>();

    private Asked() {}

    /** @param question has a limit of time of its own */
    public static <T> Asked<T> now(Supplier<T> question) {
        Asked<T> asked = new Asked<>();
        // not a virtual thread: one that has read from a socket makes the end of the program wait, see fleet.Threads
        Thread.ofPlatform().daemon().name("haproxy-question").start(() -> asked.ask(question));
        return asked;
    }

    /** Asks for what asking alone does: an answer that says no is as good. */
    static void inBackground(Supplier<?> question) {
        now(question);
    }

    private void ask(Supplier<T> question) {
        try {
            answer.complete(question.get());
        } catch (Throwable failed) { // whoever waits is told, whatever it is
            answer.completeExceptionally(failed);
        }
    }

    /** Waits for the answer; what the question has thrown is thrown here. */
    public T answer() {
        while (!within(LONG)) {
            // the question has a limit of its own
        }
        return answer.resultNow();
    }

    /**
     * Waits for the answer for a while; what the question has thrown is thrown here.
     *
     * @return whether it is there
     */
    boolean within(Duration limit) {
        try {
            answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new HaproxyException("interrupted while waiting for HAProxy", "run the command again");
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case RuntimeException known -> throw known;
                case Error error -> throw error;
                case null -> throw new IllegalStateException(failed);
                case Throwable other -> throw new IllegalStateException(other);
            }
        }
    }
}
