package dev.portolan.deploy;

import dev.portolan.journal.Lease;
import dev.portolan.journal.LeaseLost;
import dev.portolan.journal.LockUnavailable;
import dev.portolan.rollout.Guard;
import java.time.Duration;
import java.time.Instant;

/**
 * The lock of an app while a command works. It is renewed in the background, and before a step when that has not happened
 * for a while: a laptop that slept through its lease notices before it changes anything. Safe for use by many threads.
 */
public final class HeldLock implements Guard, AutoCloseable {
    private final Lease lease;
    private final App app;
    private Instant renewed;
    private boolean closed;

    private HeldLock(Lease lease, App app) {
        this.lease = lease;
        this.app = app;
        this.renewed = app.runner().now();
    }

    static HeldLock take(App app, String purpose) {
        Lease lease = Lease.take(
                app.files(),
                app.name(),
                app.owner(purpose),
                owner -> app.identity().isDead(owner));
        return new HeldLock(lease, app);
    }

    /** Renews the lease from time to time until it is closed, for steps that take longer than the lease. */
    public HeldLock renewedInBackground() {
        Thread.ofVirtual().name("lease").start(() -> {
            while (renewIfDue()) {
                try {
                    Thread.sleep(Lease.RENEWAL);
                } catch (InterruptedException interrupted) {
                    return;
                }
            }
        });
        return this;
    }

    @Override
    public synchronized void check() {
        Duration age = Duration.between(renewed, app.runner().now());
        if (age.isNegative() || age.compareTo(Lease.RENEWAL.multipliedBy(2)) > 0) {
            renew();
        }
    }

    /** Gives the lock back. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            lease.close();
        }
    }

    private synchronized boolean renewIfDue() {
        if (closed) {
            return false;
        }
        try {
            renew();
            return true;
        } catch (LeaseLost lost) {
            // the next check finds it out again, in the thread that must stop
            renewed = Instant.MIN.plus(Duration.ofDays(1));
            return false;
        } catch (LockUnavailable unreachable) {
            return true;
        }
    }

    private void renew() {
        lease.renew();
        renewed = app.runner().now();
    }
}
