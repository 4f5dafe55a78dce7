package dev.portolan.deploy;

import dev.portolan.journal.Lease;
import dev.portolan.journal.LeaseLost;
import dev.portolan.journal.LockUnavailable;
import dev.portolan.rollout.Guard;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The lock of an app while a command works. It is renewed in the background, and before a step when that has not happened
 * for a while: a laptop that slept through its lease notices before it changes anything. Safe for use by many threads.
 */
public final class HeldLock implements Guard, AutoCloseable {
    private static final Duration TURN = Duration.ofMillis(20);

    private final Lease lease;
    private final App app;
    private final AtomicBoolean inUse = new AtomicBoolean();
    private volatile Instant renewed;
    private volatile boolean closed;

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
        app.runner().inBackground(() -> {
            while (renewUnlessClosed()) {
                app.runner().sleep(Lease.RENEWAL);
            }
        });
        return this;
    }

    @Override
    public void check() {
        if (isDue()) {
            alone(() -> {
                if (isDue()) { // unless another thread has just done it
                    renew();
                }
            });
        }
    }

    /** Gives the lock back. When its host cannot be told, the lease runs out by itself. */
    @Override
    public void close() {
        alone(() -> {
            if (!closed) {
                closed = true;
                try {
                    lease.close();
                } catch (LockUnavailable unreachable) {
                    // what the command has done is what it has to say
                }
            }
        });
    }

    private boolean isDue() {
        Duration age = Duration.between(renewed, app.runner().now());
        return age.isNegative() || age.compareTo(Lease.RENEWAL.multipliedBy(2)) > 0;
    }

    private boolean renewUnlessClosed() {
        try {
            alone(() -> {
                if (!closed) {
                    renew();
                }
            });
        } catch (LeaseLost lost) {
            // the next check finds it out again, in the thread that must stop
            renewed = Instant.EPOCH;
            return false;
        } catch (LockUnavailable unreachable) {
            return true;
        }
        return !closed;
    }

    private void renew() {
        lease.renew();
        renewed = app.runner().now();
    }

    /** A lease is for one thread at a time. The others wait by the runner's clock, which holds no lock of the machine's. */
    private void alone(Runnable action) {
        while (!inUse.compareAndSet(false, true)) {
            app.runner().sleep(TURN);
        }
        try {
            action.run();
        } finally {
            inUse.set(false);
        }
    }
}
