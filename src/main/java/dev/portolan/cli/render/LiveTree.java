package dev.portolan.cli.render;

import dev.portolan.plan.Step;
import dev.portolan.rollout.RolloutEvent;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Draws a rollout in place on a terminal, ten times a second; everything else is printed above it. */
public final class LiveTree implements Display {
    private static final Duration BETWEEN_FRAMES = Duration.ofMillis(100);
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";
    private static final String CLEAR_BELOW = "\r\u001b[J";

    private final PrintStream output;
    private final PlainLines plain;
    private final TextStyle style;
    private final Supplier<ScreenSize> size;
    private final InstantSource clock;
    private Optional<Tree> tree = Optional.empty();
    private int drawn;
    private boolean painterRuns;

    /** @param size asked for at each frame */
    public LiveTree(
            PrintStream output, PrintStream error, TextStyle style, Supplier<ScreenSize> size, InstantSource clock) {
        this.output = output;
        this.plain = new PlainLines(output, error, style);
        this.style = style;
        this.size = size;
        this.clock = clock;
    }

    @Override
    public synchronized void show(Event event) {
        if (event instanceof Event.Rolled(RolloutEvent rolled)) {
            rolled(rolled);
        } else {
            erase();
            plain.show(event);
            draw();
        }
    }

    private void rolled(RolloutEvent event) {
        Instant now = clock.instant();
        if (event instanceof RolloutEvent.Began(String rollout, var plan)) {
            tree = Optional.of(new Tree(style, plan, now));
            output.print(HIDE_CURSOR);
            startPainter();
        }
        tree.ifPresent(known -> known.accept(event, now));
        switch (event) {
            case RolloutEvent.Ended _, RolloutEvent.Paused _ -> {
                draw();
                finish();
                plain.show(new Event.Rolled(event));
            }
            case RolloutEvent.StepWent went
            when went.step() instanceof Step.RunReleaseCommand -> {
                erase();
                plain.show(new Event.Rolled(event));
                draw();
            }
            case RolloutEvent.StepFailed _, RolloutEvent.Committed _, RolloutEvent.WatchEnded _ -> {
                erase();
                plain.show(new Event.Rolled(event));
                draw();
            }
            case RolloutEvent.Began _,
                    RolloutEvent.WaveBegan _,
                    RolloutEvent.StepBegan _,
                    RolloutEvent.StepWent _,
                    RolloutEvent.StepEnded _,
                    RolloutEvent.WatchBegan _,
                    RolloutEvent.GoingBack _ -> draw();
        }
    }

    @Override
    public synchronized void close() {
        finish();
        plain.close();
    }

    private void finish() {
        if (tree.isPresent()) {
            tree = Optional.empty();
            drawn = 0;
            output.print(SHOW_CURSOR);
            output.flush();
        }
    }

    private void startPainter() {
        if (painterRuns) {
            return;
        }
        painterRuns = true;
        Thread.ofVirtual().name("painter").start(() -> {
            while (paint()) {
                try {
                    Thread.sleep(BETWEEN_FRAMES);
                } catch (InterruptedException end) {
                    return;
                }
            }
        });
    }

    private synchronized boolean paint() {
        if (tree.isEmpty()) {
            painterRuns = false;
            return false;
        }
        draw();
        return true;
    }

    /** In one write, with what takes the frame before away, so that nothing flickers. */
    private void draw() {
        if (tree.isEmpty()) {
            return;
        }
        StringBuilder frame = new StringBuilder(erasing());
        ScreenSize room = size.get();
        List<String> lines = tree.get().lines(clock.instant(), room);
        lines.forEach(line -> frame.append(line).append('\n'));
        output.print(frame);
        drawn = lines.size();
        output.flush();
    }

    private void erase() {
        output.print(erasing());
        drawn = 0;
    }

    private String erasing() {
        return drawn == 0 ? "" : "\u001b[" + drawn + "A" + CLEAR_BELOW;
    }
}
