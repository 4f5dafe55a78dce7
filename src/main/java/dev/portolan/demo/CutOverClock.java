package dev.portolan.demo;

import dev.portolan.plan.Step;
import dev.portolan.rollout.RolloutEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Notes when the last cut-over of a rollout was done: from then on all readers are on the release. */
public final class CutOverClock implements Consumer<RolloutEvent> {
    private final Instant began;
    private final Supplier<Instant> now;
    private volatile Duration last = Duration.ZERO;

    public CutOverClock(Instant began, Supplier<Instant> now) {
        this.began = began;
        this.now = now;
    }

    @Override
    public void accept(RolloutEvent event) {
        if (event instanceof RolloutEvent.StepEnded ended && ended.step() instanceof Step.CutOver) {
            last = Duration.between(began, now.get());
        }
    }

    /** From the beginning to the end of the last cut-over; zero when there was none. */
    public Duration lastCutOver() {
        return last;
    }
}
