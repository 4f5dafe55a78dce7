package dev.portolan.load;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The requests of one reader, each at its time and on a thread of its own. */
final class Schedule {
    private final Reader reader;
    private final String idPrefix;
    private final long startNanos;
    private final Tally tally;
    private final Visitor visitor;
    private final Executor threads;
    private final Semaphore places;
    private long number;

    Schedule(Reader reader, String idPrefix, long startNanos, Tally tally, Visitor visitor, Executor threads) {
        this.reader = reader;
        this.idPrefix = idPrefix;
        this.startNanos = startNanos;
        this.tally = tally;
        this.visitor = visitor;
        this.threads = threads;
        this.places = new Semaphore(reader.mostOutstanding(), true);
    }

    /** When the next request is due, by {@link System#nanoTime()}. */
    long dueNanos() {
        return startNanos + reader.rate().dueNanos(number);
    }

    /** Begins the next request. */
    void begin() {
        long due = dueNanos();
        String id = idPrefix + number++;
        tally.due();
        threads.execute(() -> request(id, due));
    }

    private void request(String id, long due) {
        long begun = System.nanoTime();
        tally.begun(begun - due);
        Outcome outcome;
        long sent = begun;
        try {
            if (place(due)) {
                try {
                    sent = System.nanoTime();
                    outcome = visitor.visit(id, sent + reader.timeout().toNanos());
                } finally {
                    places.release();
                }
            } else {
                outcome = Outcome.failed(
                        FailureKind.NOT_SENT,
                        "not sent within " + Text.duration(reader.timeout()) + ": " + reader.mostOutstanding()
                                + " requests before it were not answered");
            }
        } catch (InterruptedException e) {
            Duration after = Duration.ofNanos(System.nanoTime() - sent);
            outcome = Outcome.failed(
                    FailureKind.TIMEOUT, "given up after " + Text.duration(after) + ": the load was stopped");
        } catch (RuntimeException e) {
            outcome = Outcome.failed(FailureKind.MALFORMED, e.toString());
        }
        tally.ended(id, due, sent, outcome);
    }

    private boolean place(long due) throws InterruptedException {
        if (places.tryAcquire()) {
            return true;
        }
        tally.heldBack();
        long wait = due + reader.timeout().toNanos() - System.nanoTime();
        return places.tryAcquire(wait, TimeUnit.NANOSECONDS);
    }
}
