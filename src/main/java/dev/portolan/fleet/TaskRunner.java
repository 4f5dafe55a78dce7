package dev.portolan.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Time and parallel work, as an argument: real on a machine, simulated in tests.
 */
public interface TaskRunner {

    Instant now();

    void sleep(Duration duration);

    /** Starts work beside the caller's and does not wait for it. It ends by itself, or with the process. */
    void inBackground(Runnable work);

    /**
     * Runs all tasks at once, at most {@code limit} at a time, and waits for every one to end, whatever becomes of the others.
     *
     * @return an outcome for each task, in order
     */
    <T> List<Outcome<T>> all(List<Callable<T>> tasks, int limit);

    /** How a task ended. */
    sealed interface Outcome<T> {

        record Done<T>(T value) implements Outcome<T> {}

        record Failed<T>(Exception cause) implements Outcome<T> {}
    }

    /**
     * Applies a function to many things at once and waits for every one to end.
     *
     * @return the results, in order
     * @throws RuntimeException what the first failed one threw
     */
    default <T, R> List<R> map(List<T> items, Function<T, R> function) {
        List<Callable<R>> tasks = items.stream()
                .<Callable<R>>map(item -> () -> function.apply(item))
                .toList();
        List<R> results = new ArrayList<>();
        List<RuntimeException> failures = new ArrayList<>();
        for (Outcome<R> outcome : all(tasks, Integer.MAX_VALUE)) {
            switch (outcome) {
                case Outcome.Done<R>(R value) -> results.add(value);
                case Outcome.Failed<R>(RuntimeException cause) -> failures.add(cause);
                case Outcome.Failed<R>(Exception cause) -> failures.add(new IllegalStateException(cause));
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
        return results;
    }

    /** As {@link #map}, for an action without a result. */
    default <T> void forEach(List<T> items, Consumer<T> action) {
        map(items, item -> {
            action.accept(item);
            return true;
        });
    }
}
