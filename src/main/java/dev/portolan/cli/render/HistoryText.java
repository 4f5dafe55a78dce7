package dev.portolan.cli.render;

import dev.portolan.cli.render.Event.Chapter;
import dev.portolan.deploy.Changes;
import dev.portolan.deploy.Comparison;
import dev.portolan.journal.History;
import dev.portolan.journal.JournalEntry;
import dev.portolan.journal.JournalEntry.Ended;
import dev.portolan.journal.JournalEntry.Started;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was released, by whom, when and how it went. Pure. */
final class HistoryText {
    private final TextStyle style;

    HistoryText(TextStyle style) {
        this.style = style;
    }

    List<String> of(List<Chapter> chapters) {
        if (chapters.isEmpty()) {
            return List.of("nothing was deployed yet; deploy it with: portolan deploy");
        }
        List<String> lines = new ArrayList<>();
        chapters.forEach(chapter -> lines.addAll(headAndFigures(chapter)));
        return lines;
    }

    /** With every line of its journal. */
    List<String> details(Chapter chapter) {
        List<String> lines = new ArrayList<>(headAndFigures(chapter));
        chapter.rollout().entries().stream()
                .filter(entry -> !(entry instanceof JournalEntry.Intended))
                .forEach(entry -> lines.addAll(entry(entry)));
        return lines;
    }

    /** What differs between two releases. */
    List<String> difference(Comparison.Result result) {
        List<String> lines = new ArrayList<>();
        lines.add(style.strong(result.from() + " -> " + result.to()));
        result.changes().services().forEach(change -> lines.add("  " + change.text()));
        result.changes().others().forEach(other -> lines.add("  " + other));
        if (lines.size() == 1) {
            lines.add("  nothing differs");
        }
        return lines;
    }

    private List<String> headAndFigures(Chapter chapter) {
        History.Rollout rollout = chapter.rollout();
        Started started = rollout.started();
        List<String> lines = new ArrayList<>();
        lines.add(style.strong(started.rollout()) + "  " + style.dateAndTime(started.at()) + "  "
                + word(started.purpose()) + " "
                + started.from()
                        .filter(from -> !from.equals(started.to()))
                        .map(from -> from + " -> ")
                        .orElse("")
                + started.to() + " by " + started.who() + ": " + outcome(rollout));
        chapter.changes().map(Changes::summary).ifPresent(summary -> lines.add("  changed: " + summary));
        rollout.entries().stream()
                .filter(JournalEntry.CommandEnded.class::isInstance)
                .map(JournalEntry.CommandEnded.class::cast)
                .forEach(command -> lines.addAll(command(command)));
        rollout.ended().ifPresent(ended -> {
            lines.add("  during it: " + Measures.requests(ended.requests(), ended.failures()));
            ended.reason().ifPresent(reason -> lines.add("  because " + reason));
        });
        rollout.removed()
                .ifPresent(removed -> lines.add(
                        "  then taken off its hosts by " + removed.who() + ", " + style.dateAndTime(removed.at())));
        return lines;
    }

    private List<String> command(JournalEntry.CommandEnded command) {
        List<String> lines = new ArrayList<>();
        lines.add("  release command: "
                + (command.succeeded() ? style.good(command.how()) : style.bad(command.how())) + " after "
                + Measures.duration(command.took()));
        command.output().forEach(line -> lines.add("    | " + style.faint(line)));
        return lines;
    }

    private String outcome(History.Rollout rollout) {
        if (rollout.ended().isEmpty()) {
            return style.doubtful(rollout.paused() ? "paused" : "did not come to its end");
        }
        Ended ended = rollout.ended().get();
        String took =
                " in " + Measures.duration(Duration.between(rollout.started().at(), ended.at()));
        return switch (ended.outcome()) {
            case COMMITTED -> style.good("committed") + took;
            case ROLLED_BACK -> style.bad("rolled back") + took;
            case STUCK -> style.bad("stuck") + took;
        };
    }

    private List<String> entry(JournalEntry entry) {
        String time = "  " + style.faint(style.time(entry.at())) + "  ";
        return switch (entry) {
            case Started started ->
                started.plan().stream().map(line -> time + "plan: " + line).toList();
            case JournalEntry.Intended intended -> List.of(time + intended.where() + ": " + intended.step());
            case JournalEntry.Done done ->
                List.of(time + style.tick() + " " + done.where() + ": " + done.step() + " "
                        + style.faint("(" + Measures.duration(done.took()) + ")"));
            case JournalEntry.Failed failed ->
                List.of(time + style.cross() + " " + failed.where() + ": " + failed.step() + ": " + failed.reason());
            case JournalEntry.Verified verified ->
                List.of(time + style.tick() + " watched " + Measures.list(verified.regions()) + ": "
                        + Measures.requests(verified.requests(), verified.failures()));
            case JournalEntry.CommandEnded command -> List.of(time + "the release command " + command.how());
            case JournalEntry.GoingBack back -> List.of(time + "going back: " + back.reason());
            case JournalEntry.Paused paused -> List.of(time + paused.reason());
            case JournalEntry.Committed committed -> List.of(time + "committed " + committed.release());
            case Ended ended -> List.of(time + "ended: " + word(ended.outcome()));
            case JournalEntry.Removed removed -> List.of(time + "taken off its hosts by " + removed.who());
        };
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
