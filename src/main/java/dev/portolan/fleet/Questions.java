package dev.portolan.fleet;

import dev.portolan.fleet.TaskRunner.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Things that are asked at the same time, since each takes a round trip to a host that may be far away. For one thread, used once. */
public final class Questions {
    private static final int AT_ONCE = 16;

    private final List<Callable<Object>> asked = new ArrayList<>();
    private final List<Outcome<Object>> outcomes = new ArrayList<>();

    /** Something that is asked. */
    public interface Question<T> {
        T ask() throws IOException;
    }

    /** What comes of a question. */
    public final class Answer<T> {
        private final int number;

        private Answer(int number) {
            this.number = number;
        }

        /**
         * The answer, once all have been asked.
         *
         * @throws RuntimeException what the question threw; an {@link IOException} as {@link UncheckedIOException}
         */
        @SuppressWarnings("unchecked") // it was put there by the question with this number
        public T get() {
            return switch (outcomes.get(number)) {
                case Outcome.Done<Object>(Object value) -> (T) value;
                case Outcome.Failed<Object>(RuntimeException cause) -> throw cause;
                case Outcome.Failed<Object>(IOException cause) ->
                    throw new UncheckedIOException(cause.getMessage(), cause);
                case Outcome.Failed<Object>(Exception cause) -> throw new IllegalStateException(cause);
            };
        }
    }

    /** Puts a question with the others. */
    public <T> Answer<T> put(Question<T> question) {
        asked.add(question::ask);
        return new Answer<>(asked.size() - 1);
    }

    /** Asks them all, and waits for every answer. */
    public void ask(TaskRunner runner) {
        outcomes.addAll(runner.all(asked, AT_ONCE));
    }
}
