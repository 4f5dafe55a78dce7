package dev.portolan.cli.render;

import dev.portolan.plan.Plan;
import dev.portolan.plan.Step;
import dev.portolan.plan.StepText;
import dev.portolan.rollout.RolloutEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A rollout as it stands: a line for each host, region and wave. It is told events with their times, and says its lines for a
 * moment and a size; it draws nothing itself. Not safe for use by many threads.
 */
final class Tree {
    private static final int INDENT = 2;
    private static final int LEAST_TEXT = 12;
    private static final int NARROW = 50;
    private static final int SHORT_MILLIS = 100;
    private static final int FRAME_MILLIS = 100;

    private final TextStyle style;
    private final Instant began;
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Map<String, String> headings = new LinkedHashMap<>();
    private Optional<Watched> watched = Optional.empty();
    private Optional<String> goingBack = Optional.empty();

    private enum Sign {
        WAITS,
        WORKS,
        DONE,
        FAILED
    }

    private record Row(Sign sign, String text, Instant since, Duration took) {}

    private record Watched(List<String> regions, Duration monitor, Instant since) {}

    Tree(TextStyle style, Plan plan, Instant now) {
        this.style = style;
        this.began = now;
        int number = 1;
        plan.preparation()
                .forEach(step ->
                        waits(step instanceof Step.OnHost on ? on.host().toString() : "edge", now));
        for (Plan.Wave wave : plan.waves()) {
            String heading = "wave " + number++ + " of " + plan.waves().size();
            for (Plan.RegionPlan region : wave.regions()) {
                for (Plan.HostPlan host : region.hosts()) {
                    headings.put(host.host().toString(), heading);
                    waits(host.host().toString(), now);
                }
            }
        }
    }

    private void waits(String where, Instant now) {
        rows.put(where, new Row(Sign.WAITS, "waits", now, Duration.ZERO));
    }

    void accept(RolloutEvent event, Instant now) {
        switch (event) {
            case RolloutEvent.StepBegan(String where, var step) ->
                rows.put(where, new Row(Sign.WORKS, StepText.of(step), now, Duration.ZERO));
            case RolloutEvent.StepWent(String where, var step, String line) ->
                rows.put(
                        where,
                        new Row(
                                Sign.WORKS,
                                line,
                                Optional.ofNullable(rows.get(where))
                                        .map(Row::since)
                                        .orElse(now),
                                Duration.ZERO));
            case RolloutEvent.StepEnded(String where, var step, Duration took) ->
                rows.put(where, new Row(Sign.DONE, StepText.of(step), now, took));
            case RolloutEvent.StepFailed(String where, var step, String reason) ->
                rows.put(where, new Row(Sign.FAILED, reason, now, Duration.ZERO));
            case RolloutEvent.WatchBegan(var regions, var monitor) ->
                watched = Optional.of(new Watched(regions, monitor, now));
            case RolloutEvent.WatchEnded _ -> watched = Optional.empty();
            case RolloutEvent.GoingBack(String reason) -> {
                watched = Optional.empty();
                goingBack = Optional.of(reason);
            }
            case RolloutEvent.Began _,
                    RolloutEvent.WaveBegan _,
                    RolloutEvent.Paused _,
                    RolloutEvent.Committed _,
                    RolloutEvent.Ended _ -> {}
        }
    }

    List<String> lines(Instant now, ScreenSize size) {
        List<String> lines = new ArrayList<>();
        int names = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
        boolean all = rows.size() + headings.values().stream().distinct().count() + 3 <= size.rows();
        String heading = "";
        int hidden = 0;
        for (Map.Entry<String, Row> entry : rows.entrySet()) {
            Row row = entry.getValue();
            if (!all && (row.sign() == Sign.WAITS || row.sign() == Sign.DONE)) {
                hidden++;
                continue;
            }
            String wave = headings.getOrDefault(entry.getKey(), "");
            if (all && !wave.equals(heading)) {
                lines.add(style.strong(wave));
                heading = wave;
            }
            lines.add(line(entry.getKey(), names, row, now, size.columns()));
        }
        if (hidden > 0) {
            lines.add("  " + style.faint(hidden + " more wait or are done"));
        }
        watched.ifPresent(watch -> lines.add(watchLine(watch, now, size.columns())));
        goingBack.ifPresent(reason -> lines.add(style.bad(cut("going back: " + reason, size.columns() - 1))));
        lines.add(style.faint(Measures.clock(Duration.between(began, now))));
        return lines;
    }

    private String line(String where, int names, Row row, Instant now, int columns) {
        Duration elapsed = row.sign() == Sign.WORKS ? Duration.between(row.since(), now) : row.took();
        String time = (row.sign() == Sign.WORKS && elapsed.toMillis() < SHORT_MILLIS)
                        || elapsed.isZero()
                        || row.sign() == Sign.WAITS
                        || columns < NARROW
                ? ""
                : "  " + Measures.duration(elapsed);
        int room = columns - 1 - INDENT - 2 - names - 2 - time.length();
        String text = cut(row.text(), Math.max(LEAST_TEXT, room));
        String shown = switch (row.sign()) {
            case WAITS -> style.faint(text);
            case FAILED -> style.bad(text);
            case WORKS, DONE -> text;
        };
        return " ".repeat(INDENT) + sign(row.sign(), now) + " " + where + " ".repeat(names - where.length()) + "  "
                + shown + style.faint(time);
    }

    private String watchLine(Watched watch, Instant now, int columns) {
        String text = "watching " + Measures.list(watch.regions()) + ": "
                + Measures.age(Duration.between(watch.since(), now)) + " of " + StepText.of(watch.monitor());
        return " ".repeat(INDENT) + sign(Sign.WORKS, now) + " " + cut(text, columns - INDENT - 3);
    }

    private String sign(Sign sign, Instant now) {
        return switch (sign) {
            case WAITS -> style.dot();
            case WORKS -> style.spinner(Duration.between(began, now).toMillis() / FRAME_MILLIS);
            case DONE -> style.tick();
            case FAILED -> style.cross();
        };
    }

    private String cut(String text, int room) {
        String line = text.lines().findFirst().orElse("");
        return line.length() <= room ? line : line.substring(0, Math.max(0, room - 1)) + style.ellipsis();
    }
}
