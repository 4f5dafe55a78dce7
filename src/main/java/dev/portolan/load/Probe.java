package dev.portolan.load;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Reads one address at a constant rate for a while: {@code portolan probe}. For one run. */
public final class Probe {
    private final Request request;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * What to ask.
     *
     * @param place what the report calls the reader
     * @param uri http or https; ws or wss with {@link ReaderKind#WEB_SOCKET}; tcp with {@link ReaderKind#CONNECTION}
     * @param duration how long to go on asking
     * @param source the local address to connect from
     * @param line said on each connection of TCP, to which something must be answered
     */
    public record Request(
            String place,
            ReaderKind kind,
            URI uri,
            Rate rate,
            Duration duration,
            Optional<Duration> timeout,
            Optional<InetAddress> source,
            Optional<String> line) {

        /** From here: connections where the scheme is tcp, otherwise keep-alive GETs. */
        public static Request of(URI uri, Rate rate, Duration duration) {
            ReaderKind kind = WebAddress.isOfConnections(uri) ? ReaderKind.CONNECTION : ReaderKind.KEEP_ALIVE;
            return new Request("here", kind, uri, rate, duration, Optional.empty(), Optional.empty(), Optional.empty());
        }

        /** The same, saying a line on each connection and waiting for an answer. */
        public Request saying(String words) {
            return new Request(place, kind, uri, rate, duration, timeout, source, Optional.of(words));
        }

        private Reader reader() {
            Reader reader = Reader.of(place, kind, uri, rate);
            Reader patient = timeout.isPresent() ? reader.within(timeout.get()) : reader;
            Reader placed = source.isPresent() ? patient.from(source.get()) : patient;
            return line.isPresent() ? placed.saying(line.get()) : placed;
        }
    }

    /**
     * @throws dev.portolan.model.UserError when the address can neither be read with HTTP nor be connected to
     */
    public Probe(Request request) {
        WebAddress.check(request.uri());
        this.request = request;
    }

    /**
     * Runs the probe to its end and waits for the last answers.
     *
     * @param everySecond is called with the report so far, on this thread; {@link ProgressLine} makes a line of it
     * @return the report, also after {@link #stop} or an interrupt, which both end the asking early
     */
    public LoadReport run(LoadSettings settings, Consumer<LoadReport> everySecond) {
        try (Load load = Load.start(List.of(request.reader()), settings, request.duration())) {
            boolean interrupted = false;
            try {
                watch(load, everySecond);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            LoadReport report = load.stop();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return report;
        }
    }

    private void watch(Load load, Consumer<LoadReport> everySecond) throws InterruptedException {
        long start = System.nanoTime();
        for (long second = 1; ; second++) {
            long end = Math.min(
                    TimeUnit.SECONDS.toNanos(second), request.duration().toNanos());
            if (stopped.await(start + end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return;
            }
            if (end == request.duration().toNanos()) {
                load.awaitEnd();
                return;
            }
            everySecond.accept(load.snapshot());
        }
    }

    /** Ends the asking; {@link #run} returns as soon as what was asked is answered. For any thread. */
    public void stop() {
        stopped.countDown();
    }
}
