package dev.portolan.logs;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.fleet.CancelledException;
import dev.portolan.model.HostId;
import dev.portolan.model.UserError;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Follows many containers until the thread is interrupted; those that come while it goes on are followed from their first line.
 */
public final class Following {
    private static final Duration PATIENCE = Duration.ofMillis(150);
    private static final Duration LOOK_FOR_NEW = Duration.ofSeconds(1);
    private static final int QUEUE = 10_000;

    private final Supplier<List<LogSource>> sources;
    private final Function<HostId, ContainerEngine> engines;
    private final BlockingQueue<LogEntry> queue = new LinkedBlockingQueue<>(QUEUE);
    private final Map<LogSource, Thread> threads = new HashMap<>();
    private final TimeOrder order = new TimeOrder(PATIENCE);

    /** @param sources asked again and again for the containers that run */
    public Following(Supplier<List<LogSource>> sources, Function<HostId, ContainerEngine> engines) {
        this.sources = sources;
        this.engines = engines;
    }

    /**
     * Returns when the thread is interrupted.
     *
     * @param tail how many of the last lines of each container come first; -1 for all
     * @param lines called on this thread
     */
    public void follow(int tail, Consumer<LogEntry> lines) {
        try {
            sources.get().forEach(source -> start(source, tail));
            long looked = System.nanoTime();
            while (!Thread.currentThread().isInterrupted()) {
                LogEntry entry = queue.poll(PATIENCE.toMillis() / 2, TimeUnit.MILLISECONDS);
                long now = System.nanoTime();
                if (entry != null) {
                    order.add(entry, now);
                }
                order.ready(now).forEach(lines);
                if (now - looked > LOOK_FOR_NEW.toNanos()) {
                    looked = now;
                    startNew();
                }
            }
        } catch (InterruptedException | CancelledException end) {
            // the way to end it
        } finally {
            threads.values().forEach(Thread::interrupt);
            order.rest().forEach(lines);
        }
    }

    private void startNew() {
        try {
            sources.get().stream()
                    .filter(source -> !threads.containsKey(source))
                    .toList()
                    .forEach(source -> start(source, -1));
        } catch (UserError away) {
            // a host that does not answer now is asked again in a moment
        }
    }

    private void start(LogSource source, int tail) {
        threads.put(
                source, Thread.ofVirtual().name("log of " + source.container()).start(() -> read(source, tail)));
    }

    private void read(LogSource source, int tail) {
        try {
            engines.apply(source.host())
                    .logs(
                            source.container(),
                            true,
                            tail,
                            line -> offer(source, line.time(), line.error(), line.text()));
        } catch (UserError ended) {
            // the container was removed, or its engine went away: what follows it comes from a new container
        }
    }

    private void offer(LogSource source, String time, boolean error, String text) {
        try {
            queue.put(new LogEntry(source, time, error, text));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
