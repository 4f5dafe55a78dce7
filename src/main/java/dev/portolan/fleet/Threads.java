package dev.portolan.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * The machine's own clock, and a thread for each task: a virtual one when there are many.
 *
 * <p>A Java machine on which a virtual thread has read from a socket has a poller that sits in {@code epoll_wait}, and waits 300 ms
 * for it when it ends (HotSpot's {@code VM_Exit::wait_for_threads_in_native_to_block}): longer than all that {@code status} does.
 */
public final class Threads implements TaskRunner {
    private static final int FEW = 64;

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        }
    }

    @Override
    public void inBackground(Runnable work) {
        Thread.ofVirtual().name("background").start(work);
    }

    @Override
    public <T> List<Outcome<T>> all(List<Callable<T>> tasks, int limit) {
        Semaphore places = new Semaphore(limit);
        Thread.Builder thread = tasks.size() <= FEW ? Thread.ofPlatform().daemon() : Thread.ofVirtual();
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(thread.factory())) {
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> task : tasks) {
                futures.add(threads.submit(() -> inPlace(places, task)));
            }
            return futures.stream().map(Threads::outcome).toList();
        }
    }

    private static <T> T inPlace(Semaphore places, Callable<T> task) throws Exception {
        places.acquire();
        try {
            return task.call();
        } finally {
            places.release();
        }
    }

    private static <T> Outcome<T> outcome(Future<T> future) {
        while (true) {
            try {
                return new Outcome.Done<>(future.get());
            } catch (ExecutionException failed) {
                return failed.getCause() instanceof Exception cause
                        ? new Outcome.Failed<>(cause)
                        : new Outcome.Failed<>(new IllegalStateException(failed.getCause()));
            } catch (InterruptedException interrupted) {
                // every task is waited for, whatever happens; the tasks themselves are told
                future.cancel(true);
                Thread.currentThread().interrupt();
                return new Outcome.Failed<>(new CancelledException());
            }
        }
    }
}
