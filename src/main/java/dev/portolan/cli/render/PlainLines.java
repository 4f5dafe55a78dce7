package dev.portolan.cli.render;

import java.io.PrintStream;

/** Plain lines: what was asked for on the output, what is beside it on the error stream. */
public final class PlainLines implements Display {
    private final PrintStream output;
    private final PrintStream error;
    private final EventText text;

    public PlainLines(PrintStream output, PrintStream error, TextStyle style) {
        this.output = output;
        this.error = error;
        this.text = new EventText(style);
    }

    @Override
    public synchronized void show(Event event) {
        PrintStream stream = isBeside(event) ? error : output;
        text.of(event).forEach(stream::println);
        stream.flush();
    }

    @Override
    public void close() {
        output.flush();
    }

    private static boolean isBeside(Event event) {
        return switch (event) {
            case Event.Warned _, Event.Noticed _, Event.LoadSeen _, Event.Failed _ -> true;
            case Event.OutputSeen(boolean ofError, var content) -> ofError;
            case Event.Said _,
                    Event.Planned _,
                    Event.Rolled _,
                    Event.StatusSeen _,
                    Event.HistorySeen _,
                    Event.ChapterSeen _,
                    Event.DiffSeen _,
                    Event.LogSeen _,
                    Event.LockSeen _,
                    Event.SecretSeen _,
                    Event.Examined _,
                    Event.LoadEnded _,
                    Event.Ended _ -> false;
        };
    }
}
