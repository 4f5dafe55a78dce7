package dev.portolan.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Closes a stream when its time is over, which wakes whoever waits for it. */
public final class TimeLimit {
    private final Duration limit;
    private final Thread timer;
    private volatile boolean expired;

    private TimeLimit(ByteStream stream, Duration limit) {
        this.limit = limit;
        this.timer = Thread.ofVirtual().unstarted(() -> expire(stream));
    }

    public static TimeLimit start(ByteStream stream, Duration limit) {
        var started = new TimeLimit(stream, limit);
        started.timer.start();
        return started;
    }

    private void expire(ByteStream stream) {
        try {
            Thread.sleep(limit);
        } catch (InterruptedException e) {
            return; // lifted in time
        }
        expired = true;
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It was in time. */
    public void lift() {
        timer.interrupt();
    }

    /** What a failure really is: once the time was over, closing the stream has caused it. */
    public IOException explained(IOException failure) {
        if (!expired) {
            return failure;
        }
        var late = new SocketTimeoutException("no answer within " + limit.toMillis() + " ms");
        late.addSuppressed(failure);
        return late;
    }
}
