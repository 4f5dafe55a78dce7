package dev.portolan.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Readers of a service of TCP that says lines back with its release before them. Some make a connection for each line, others keep
 * theirs and say a line twenty times a second, until it breaks; then they make a new one. Every line is counted.
 */
public final class Callers implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final InetAddress from;
    private final int port;
    private final List<Thread> threads = new ArrayList<>();
    private final Set<Thread> calls = ConcurrentHashMap.newKeySet();
    private final AtomicInteger lines = new AtomicInteger();
    private final AtomicInteger keptLines = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicLong longest = new AtomicLong();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final Set<String> served = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    /**
     * What the readers have seen.
     *
     * @param calls that were answered, each on a connection of its own
     * @param lines that were answered on kept connections
     * @param failures of calls, and of the first lines of kept connections
     * @param ended kept connections that broke after they had been answered
     * @param served releases that answered
     * @param longest that a call took
     */
    public record Report(
            int calls, int lines, List<String> failures, int ended, Set<String> served, Duration longest) {}

    private Callers(InetAddress from, int port) {
        this.from = from;
        this.port = port;
    }

    /**
     * Starts them; returns when those that keep their connection have been answered.
     *
     * @param perSecond connections made for one line each
     * @param kept how many keep theirs
     */
    public static Callers start(int port, int perSecond, int kept) {
        return start(InetAddress.getLoopbackAddress(), port, perSecond, kept);
    }

    /**
     * The same in an area of the edge.
     *
     * @param from their own address on this machine
     */
    public static Callers start(InetAddress from, int port, int perSecond, int kept) {
        Callers callers = new Callers(from, port);
        callers.threads.add(Thread.ofPlatform()
                .start(() -> callers.callEach(Duration.ofSeconds(1).dividedBy(perSecond))));
        CountDownLatch begun = new CountDownLatch(kept);
        for (int index = 0; index < kept; index++) {
            callers.threads.add(Thread.ofVirtual().start(() -> callers.keep(begun)));
        }
        callers.await(begun);
        return callers;
    }

    /** On a busy machine a reader may else begin when what the test does with those that are connected is long over. */
    private void await(CountDownLatch begun) {
        try {
            if (!begun.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                failures.add("kept: not all had an answer within " + PATIENCE_MILLIS + " ms");
            }
        } catch (InterruptedException never) {
            throw new IllegalStateException(never);
        }
    }

    /** Lets all end what they have begun. Those that keep a connection say one more line: what has broken until now is counted. */
    public Report stop() throws InterruptedException {
        stopping = true;
        for (Thread thread : threads) {
            thread.join();
        }
        for (Thread call : calls) {
            call.join();
        }
        return new Report(
                lines.get(),
                keptLines.get(),
                List.copyOf(failures),
                ended.get(),
                Set.copyOf(served),
                Duration.ofNanos(longest.get()));
    }

    /** Lets them end by and by. */
    @Override
    public void close() {
        stopping = true;
    }

    private void callEach(Duration pause) {
        long next = System.nanoTime();
        while (!stopping) {
            calls.add(Thread.ofVirtual().start(() -> {
                call();
                calls.remove(Thread.currentThread());
            }));
            next += pause.toNanos();
            sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
        }
    }

    private void call() {
        long start = System.nanoTime();
        try (Line line = new Line(from, port)) {
            served.add(line.say("hello"));
            lines.incrementAndGet();
        } catch (IOException broken) {
            failures.add("after " + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms: " + broken);
        }
        longest.accumulateAndGet(System.nanoTime() - start, Math::max);
    }

    private void keep(CountDownLatch begun) {
        while (!stopping) {
            int said = 0;
            try (Line line = new Line(from, port)) {
                String first = line.say("0");
                served.add(first);
                begun.countDown();
                for (boolean last = false; !last; ) {
                    last = stopping;
                    said++;
                    String release = line.say(String.valueOf(said));
                    if (!release.equals(first)) {
                        failures.add("one connection, two releases: " + first + ", " + release);
                    }
                    keptLines.incrementAndGet();
                    if (!last) {
                        sleep(PAUSE);
                    }
                }
            } catch (IOException broken) {
                if (said == 0) {
                    failures.add("kept: " + broken);
                } else {
                    ended.incrementAndGet();
                }
            }
        }
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException never) {
            throw new IllegalStateException(never);
        }
    }

    /** One connection. */
    private static final class Line implements AutoCloseable {
        private final Socket socket = new Socket();
        private final BufferedReader answers;

        Line(InetAddress from, int port) throws IOException {
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        }

        /** The release that says the words back. */
        String say(String words) throws IOException {
            socket.getOutputStream().write((words + "\n").getBytes(UTF_8));
            String answer = Objects.requireNonNullElse(answers.readLine(), "");
            if (!answer.endsWith(" " + words)) {
                throw new IOException("answered by \"" + answer + "\"");
            }
            return answer.substring(0, answer.length() - words.length() - 1);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
