package dev.portolan.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What happened, one line each. Off in ordinary runs, for speed: a seed that fails is run again with it on. */
final class Trace {
    private final boolean on;
    private final Scheduler scheduler;
    private final List<String> lines = new ArrayList<>();

    Trace(boolean on, Scheduler scheduler) {
        this.on = on;
        this.scheduler = scheduler;
    }

    void note(Supplier<String> line) {
        if (on) {
            double seconds = Duration.ofNanos(scheduler.now()).toMillis() / 1000.0;
            lines.add(String.format(Locale.ROOT, "%9.3f  %s", seconds, line.get()));
        }
    }

    List<String> lines() {
        return lines;
    }
}
