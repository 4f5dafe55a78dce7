package dev.portolan.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Decides by a seed which simulated thread goes on, and what time it is. Exactly one thread runs at any moment: it holds the
 * baton and hands it on at scheduling points, so nothing here needs a lock. When every thread sleeps, the clock jumps to the
 * earliest wake-up. What happens in the world without a thread of its own (a reader arrives, a container gets healthy) is an event,
 * run by whoever holds the baton.
 */
final class Scheduler {
    private static final Duration REAL_LIMIT = Duration.ofSeconds(60);
    private static final long STEP_LIMIT = 2_000_000;

    private final SplittableRandom random;
    private final List<Task> runnable = new ArrayList<>();
    private final List<Task> alive = new ArrayList<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private @Nullable Task current;
    private @Nullable Throwable failure;
    private long now;
    private long order;
    private long steps;
    private int sleeping;

    Scheduler(SplittableRandom random) {
        this.random = random;
    }

    /** A simulated thread. */
    final class Task {
        private final CommandRun owner;
        private final Thread thread;
        private volatile boolean turn;

        private Task(CommandRun owner, Runnable body) {
            this.owner = owner;
            this.thread = Thread.ofVirtual().unstarted(() -> live(this, body));
        }

        private void give() {
            turn = true;
            LockSupport.unpark(thread);
        }

        private void await() {
            while (!turn) {
                LockSupport.park(this);
            }
            turn = false;
        }
    }

    private record Timer(long time, long order, @Nullable Task sleeper, Runnable event) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            int byTime = Long.compare(time, other.time);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /**
     * Runs a body as the first simulated thread, and waits for it and all that it started.
     *
     * @throws AssertionError what went wrong first
     */
    void run(Runnable body) {
        Task first = start(new CommandRun("script"), body);
        runnable.remove(first);
        current = first;
        first.give();
        boolean ended = false;
        try {
            ended = over.await(REAL_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!ended) {
            throw new AssertionError("the simulation hangs: a thread waits for something outside of it\n" + stacks());
        }
        switch (failure) {
            case null -> {}
            case AssertionError error -> throw error;
            case Throwable other -> throw new AssertionError(other.toString(), other);
        }
    }

    /** Nanoseconds since the start. */
    long now() {
        return now;
    }

    CommandRun owner() {
        return running().owner;
    }

    /** Starts a simulated thread; it runs when chosen. */
    Task start(CommandRun owner, Runnable body) {
        Task task = new Task(owner, body);
        alive.add(task);
        runnable.add(task);
        task.thread.start();
        return task;
    }

    private void live(Task task, Runnable body) {
        task.await();
        try {
            checkAlive(task);
            body.run();
        } catch (Death _) {
            // nothing more of this thread happens
        } catch (Throwable thrown) {
            fail(thrown);
        }
        alive.remove(task);
        if (alive.isEmpty()) {
            over.countDown();
            return;
        }
        Task next = choose();
        current = next;
        next.give();
    }

    /** Remembers what went wrong first and ends every thread. */
    void fail(Throwable thrown) {
        if (failure == null) {
            failure = thrown;
            wake(null);
        }
    }

    /** Ends every thread of a command, now. */
    void kill(CommandRun command) {
        command.markKilled();
        wake(command);
    }

    private void wake(@Nullable CommandRun command) {
        List<Timer> early = timers.stream()
                .filter(timer -> timer.sleeper() != null && (command == null || timer.sleeper().owner == command))
                .sorted()
                .toList();
        timers.removeAll(early);
        early.forEach(timer -> timer.event().run());
    }

    /** A place where another thread may go on instead. */
    void point() {
        Task me = running();
        if (!runnable.isEmpty()) {
            runnable.add(me);
            handOver(me);
        }
        checkAlive(me);
    }

    /** Lets simulated time pass for this thread. */
    void sleep(long nanoseconds) {
        Task me = running();
        checkAlive(me);
        sleepUntil(me, now + nanoseconds);
        handOver(me);
        checkAlive(me);
    }

    void sleep(Duration duration) {
        sleep(duration.toNanos());
    }

    /** Runs an event when its time has come. It must not wait. */
    void after(long nanoseconds, Runnable event) {
        timers.add(new Timer(now + nanoseconds, order++, null, event));
    }

    /** Waits until {@link #unblock} is called for this thread. */
    void block() {
        Task me = running();
        handOver(me);
        checkAlive(me);
    }

    /** The thread that holds the baton, to be given to {@link #unblock} later. */
    Task self() {
        return running();
    }

    void unblock(Task task) {
        runnable.add(task);
    }

    private void sleepUntil(Task task, long time) {
        sleeping++;
        timers.add(new Timer(time, order++, task, () -> {
            sleeping--;
            runnable.add(task);
        }));
    }

    private Task running() {
        Task task = current;
        if (task == null || task.thread != Thread.currentThread()) {
            throw new AssertionError("a thread outside of the simulation touches it: " + Thread.currentThread());
        }
        return task;
    }

    private void checkAlive(Task task) {
        if (task.owner.killed() || failure != null) {
            throw new Death();
        }
    }

    private void handOver(Task me) {
        Task next = choose();
        if (next == me) {
            return;
        }
        current = next;
        next.give();
        me.await();
    }

    private Task choose() {
        if (++steps > STEP_LIMIT) {
            fail(new AssertionError("no end after " + STEP_LIMIT + " steps\n" + stacks()));
        }
        while (true) {
            while (runnable.isEmpty()) {
                if (sleeping == 0) {
                    fail(new AssertionError("deadlock: every simulated thread waits for another\n" + stacks()));
                    runnable.addAll(alive);
                    break;
                }
                advance();
            }
            Task chosen = take(runnable.size() == 1 ? 0 : random.nextInt(runnable.size()));
            if (chosen.owner.frozenUntil() <= now || chosen.owner.killed() || failure != null) {
                return chosen;
            }
            sleepUntil(chosen, chosen.owner.frozenUntil());
        }
    }

    private Task take(int index) {
        Task last = runnable.removeLast();
        return index == runnable.size() ? last : runnable.set(index, last);
    }

    private void advance() {
        Timer timer = timers.remove();
        now = Math.max(now, timer.time());
        try {
            timer.event().run();
        } catch (RuntimeException | AssertionError thrown) {
            fail(thrown);
        }
    }

    private String stacks() {
        StringBuilder text = new StringBuilder();
        for (Task task : List.copyOf(alive)) {
            text.append(task.owner).append(":\n");
            for (StackTraceElement frame : task.thread.getStackTrace()) {
                text.append("    at ").append(frame).append('\n');
            }
        }
        return text.toString();
    }
}
