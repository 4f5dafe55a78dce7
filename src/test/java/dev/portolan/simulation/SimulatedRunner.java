package dev.portolan.simulation;

import dev.portolan.fleet.CancelledException;
import dev.portolan.fleet.TaskRunner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Time and parallel work of one command, as a {@link Scheduler} decides. */
final class SimulatedRunner implements TaskRunner {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Scheduler scheduler;
    private final CommandRun command;

    SimulatedRunner(Scheduler scheduler, CommandRun command) {
        this.scheduler = scheduler;
        this.command = command;
    }

    @Override
    public Instant now() {
        return START.plusNanos(scheduler.now());
    }

    @Override
    public void sleep(Duration duration) {
        scheduler.sleep(duration);
    }

    @Override
    public void inBackground(Runnable work) {
        scheduler.start(command, work);
    }

    /** Whether the person asked the command to stop. */
    void failWhenCancelled() {
        if (command.cancelled()) {
            throw new CancelledException();
        }
    }

    @Override
    public <T> List<Outcome<T>> all(List<Callable<T>> tasks, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit " + limit);
        }
        List<Outcome<T>> outcomes = new ArrayList<>();
        if (tasks.size() == 1) {
            outcomes.add(outcomeOf(tasks.getFirst()));
            return outcomes;
        }
        Batch<T> batch = new Batch<>(scheduler, tasks);
        return batch.run(command, Math.min(limit, tasks.size()));
    }

    private static <T> Outcome<T> outcomeOf(Callable<T> task) {
        try {
            return new Outcome.Done<>(task.call());
        } catch (Exception e) {
            return new Outcome.Failed<>(e);
        }
    }

    /** Tasks that run at once; touched by whoever holds the baton. */
    private static final class Batch<T> {
        private final Scheduler scheduler;
        private final List<Callable<T>> tasks;
        private final List<List<Outcome<T>>> outcomes = new ArrayList<>();
        private int taken;
        private int atWork;

        Batch(Scheduler scheduler, List<Callable<T>> tasks) {
            this.scheduler = scheduler;
            this.tasks = List.copyOf(tasks);
            tasks.forEach(_ -> outcomes.add(new ArrayList<>(1)));
        }

        List<Outcome<T>> run(CommandRun command, int workers) {
            if (tasks.isEmpty()) {
                return List.of();
            }
            Scheduler.Task parent = scheduler.self();
            atWork = workers;
            for (int i = 0; i < workers; i++) {
                scheduler.start(command, () -> work(parent));
            }
            scheduler.block();
            return outcomes.stream().map(List::getFirst).toList();
        }

        private void work(Scheduler.Task parent) {
            try {
                while (taken < tasks.size()) {
                    int index = taken++;
                    outcomes.get(index).add(outcomeOf(tasks.get(index)));
                }
            } finally {
                if (--atWork == 0) {
                    scheduler.unblock(parent);
                }
            }
        }
    }
}
