package dev.portolan.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Time and parallel work, as an argument: real on a machine, simulated in tests.
 */
public interface TaskRunner {

    Instant now();

    /** @throws CancelledException when the command was asked to stop */
    void sleep(Duration duration);

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
}
