package dev.portolan.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Readers that run until they are stopped. Each request has its time on a fixed schedule and is made then whether or not the
 * ones before it have been answered; how long it took is measured from that time. Nothing is asked twice.
 */
public final class Load implements AutoCloseable {
    private final Clock clock;
    private final LoadSettings settings;
    private final Map<String, Gap> gaps = new LinkedHashMap<>();
    private final List<Running> running = new ArrayList<>();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final ExecutorService requests;
    private final Pacer pacer;
    private final ReentrantLock stopping = new ReentrantLock();
    private volatile OptionalLong endedNanos = OptionalLong.empty();

    private record Running(Tally tally, Visitor visitor, Schedule schedule) {}

    private Load(List<Reader> readers, LoadSettings settings, Optional<Duration> time) {
        this.settings = settings;
        this.requests = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("load-request").factory());
        List<Visitor> visitors =
                readers.stream().map(reader -> Visitors.of(reader, settings)).toList();
        warmUp();
        this.clock = Clock.start();
        String run = Long.toHexString(new SplittableRandom().nextLong() >>> 32);
        for (int i = 0; i < readers.size(); i++) {
            Reader reader = readers.get(i);
            Gap gap = gaps.computeIfAbsent(reader.place(), place -> new Gap(clock.startNanos()));
            var tally = new Tally(reader, settings, clock, gap);
            // Readers of one rate ask in turn, not all at once.
            long start = clock.startNanos() + reader.rate().interval().toNanos() * i / readers.size();
            var schedule = new Schedule(reader, run + "-" + i + "-", start, tally, visitors.get(i), requests);
            running.add(new Running(tally, visitors.get(i), schedule));
        }
        long end = time.isPresent() ? clock.startNanos() + time.get().toNanos() : Long.MAX_VALUE;
        this.pacer = new Pacer(running.stream().map(Running::schedule).toList(), end);
    }

    /** The first thread and the first count of a process are slow, and no fault of the server's. */
    private void warmUp() {
        CompletableFuture.runAsync(() -> new Count().succeeded(ServedBy.UNKNOWN, 0), requests)
                .join();
    }

    /** Starts readers, with the standard settings. */
    public static Load start(List<Reader> readers) {
        return start(readers, LoadSettings.standard());
    }

    /** Starts readers. The caller stops or closes the load. */
    public static Load start(List<Reader> readers, LoadSettings settings) {
        var load = new Load(readers, settings, Optional.empty());
        load.pacer.start();
        return load;
    }

    /** Starts readers that stop asking after a time: each makes exactly the requests that its rate has in that time. */
    public static Load start(List<Reader> readers, LoadSettings settings, Duration time) {
        var load = new Load(readers, settings, Optional.of(time));
        load.pacer.start();
        return load;
    }

    /** Starts readers, waits until that time is over and everything is answered, and returns the report. */
    public static LoadReport run(List<Reader> readers, LoadSettings settings, Duration time)
            throws InterruptedException {
        try (var load = start(readers, settings, time)) {
            load.awaitEnd();
            return load.stop();
        }
    }

    /** Waits until the time of the load is over and nothing more will be asked. */
    void awaitEnd() throws InterruptedException {
        pacer.join();
    }

    /** The figures so far. */
    public LoadReport snapshot() {
        var report = new Reports(clock, settings, List.copyOf(faults), endedNanos.orElseGet(System::nanoTime));
        running.forEach(reader -> report.add(reader.tally(), reader.visitor()));
        return report.report(gaps);
    }

    /** The POSTs that have ended so far; all of them once the load has stopped. */
    public List<Post> posts() {
        List<Fault> announced = List.copyOf(faults);
        return running.stream()
                .flatMap(reader -> reader.tally().posts(announced).stream())
                .toList();
    }

    /** Announces that something was broken on purpose at this moment; see {@link Fault}. */
    public void faultAt(Instant moment, String label) {
        faultBetween(moment, moment, label);
    }

    /** Announces that something was broken on purpose at some moment between these two; see {@link Fault}. */
    public void faultBetween(Instant from, Instant until, String label) {
        faults.add(new Fault(label, from, until));
    }

    /** Breaks something and announces it: the fault lasts from before the action until its end. */
    public <T> T duringFault(String label, Callable<T> action) throws Exception {
        Instant from = clock.now();
        try {
            return action.call();
        } finally {
            faultBetween(from, clock.now(), label);
        }
    }

    /**
     * Makes no new request, waits for the answers to those that were due until now, and closes all connections. When the
     * waiting thread is interrupted, the requests in flight are given up, and count as failed. Stopping again only
     * returns the report, which knows the faults announced meanwhile.
     */
    public LoadReport stop() {
        stopping.lock();
        try {
            if (endedNanos.isEmpty()) {
                pacer.end();
                requests.close();
                endedNanos = OptionalLong.of(System.nanoTime());
                running.forEach(reader -> reader.visitor().close());
            }
            return snapshot();
        } finally {
            stopping.unlock();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
