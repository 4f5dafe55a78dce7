package dev.portolan.load;

import java.util.Collection;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;

/** Begins each request at its time: one thread of the platform for all schedules, so that busy requests do not delay it. */
final class Pacer {
    private final PriorityQueue<Schedule> schedules = new PriorityQueue<>(Comparator.comparingLong(Schedule::dueNanos));
    private final Thread thread =
            Thread.ofPlatform().name("load-pacer").daemon().unstarted(this::run);
    private volatile long endNanos;

    /** @param endNanos what is due then or later is not begun */
    Pacer(Collection<Schedule> schedules, long endNanos) {
        this.schedules.addAll(schedules);
        this.endNanos = endNanos;
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (true) {
            Schedule first = schedules.peek();
            if (first == null || first.dueNanos() - endNanos >= 0) {
                return;
            }
            long wait = first.dueNanos() - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(this, wait);
            } else {
                schedules.remove();
                first.begin();
                schedules.add(first);
            }
        }
    }

    /** Begins what was due until now, and no more. */
    void end() {
        long now = System.nanoTime();
        if (endNanos - now > 0) {
            endNanos = now;
        }
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void join() throws InterruptedException {
        thread.join();
    }
}
