package dev.portolan.cli.render;

import dev.portolan.deploy.Finding;
import dev.portolan.deploy.Notice;
import dev.portolan.deploy.ServiceChange;
import dev.portolan.journal.Lease;
import dev.portolan.load.LoadTable;
import dev.portolan.load.ProgressLine;
import dev.portolan.logs.LogEntry;
import dev.portolan.model.InvalidConfiguration;
import dev.portolan.model.Problem;
import dev.portolan.model.UserError;
import dev.portolan.plan.StepText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a command says, in plain lines. Pure. */
final class EventText {
    private final TextStyle style;

    EventText(TextStyle style) {
        this.style = style;
    }

    List<String> of(Event event) {
        return switch (event) {
            case Event.Said(String text) -> List.of(text);
            case Event.Warned(var problem) -> List.of(warning(problem));
            case Event.Noticed(Notice notice) -> List.of(style.mark() + " " + notice(notice));
            case Event.Planned planned -> plan(planned);
            case Event.Rolled(var rolled) -> new RolloutText(style).of(rolled);
            case Event.StatusSeen(var report, var now) -> new StatusText(style).of(report, now);
            case Event.HistorySeen(var chapters) -> new HistoryText(style).of(chapters);
            case Event.ChapterSeen(var chapter) -> new HistoryText(style).details(chapter);
            case Event.DiffSeen(var result) -> new HistoryText(style).difference(result);
            case Event.LogSeen(LogEntry entry) -> List.of(log(entry));
            case Event.OutputSeen(boolean error, var content) ->
                List.of(StandardCharsets.UTF_8
                        .decode(content.duplicate())
                        .toString()
                        .stripTrailing());
            case Event.LockSeen(String app, Optional<Lease.Owner> holder) -> List.of(lock(app, holder));
            case Event.SecretSeen seen -> List.of(secret(seen));
            case Event.Examined(var findings) ->
                findings.stream().flatMap(finding -> finding(finding).stream()).toList();
            case Event.LoadSeen(var report) -> List.of(ProgressLine.of(report));
            case Event.LoadEnded(var report) ->
                LoadTable.of(report, style.zone().get()).lines().toList();
            case Event.Failed(UserError error) -> error(error);
            case Event.Ended ended -> List.of();
        };
    }

    private List<String> plan(Event.Planned planned) {
        List<String> lines = new ArrayList<>();
        if (planned.plan().isEmpty()) {
            lines.add("nothing to do"
                    + planned.plan()
                            .to()
                            .map(release -> ": " + release + " serves everywhere")
                            .orElse(""));
            return lines;
        }
        planned.plan()
                .to()
                .ifPresent(release -> lines.add("release " + style.strong(release.toString())
                        + planned.plan()
                                .from()
                                .filter(from -> !from.equals(release))
                                .map(from -> ", in place of " + from)
                                .orElse("")));
        planned.changes().services().stream()
                .map(change -> "  "
                        + (change.kind() == ServiceChange.Kind.UNTOUCHED ? style.faint(change.text()) : change.text()))
                .forEach(lines::add);
        planned.changes().others().forEach(other -> lines.add("  " + other));
        planned.plan().warnings().forEach(warning -> lines.add(style.doubtful("warning") + ": " + warning));
        lines.add("");
        lines.addAll(StepText.of(planned.plan()));
        return lines;
    }

    private static String notice(Notice notice) {
        return switch (notice) {
            case Notice.TornLine(String line) ->
                "the last line of the journal was torn by a power cut and was taken off: " + line;
            case Notice.OpenRollout(var rollout) ->
                "the " + HistoryText.word(rollout.started().purpose()) + " of release "
                        + rollout.started().to() + " by " + rollout.started().who()
                        + (rollout.paused() ? " is paused" : " did not come to its end");
            case Notice.PuttingRight(var rollout) ->
                "first, what it had begun is put back to "
                        + rollout.started()
                                .from()
                                .map(from -> "release " + from)
                                .orElse("nothing");
        };
    }

    private String log(LogEntry entry) {
        String label = entry.source().label();
        return style.tinted(label.hashCode(), label + " |") + " " + entry.text();
    }

    private String lock(String app, Optional<Lease.Owner> holder) {
        return holder.map(owner -> app + " is locked by " + owner.who() + " (process " + owner.process() + ") for "
                        + owner.purpose() + ", since " + style.dateAndTime(owner.since()))
                .orElse(app + " is not locked");
    }

    private String secret(Event.SecretSeen seen) {
        return seen.name() + " v" + seen.version()
                + seen.set().map(set -> ", set " + style.dateAndTime(set)).orElse(" in " + seen.file())
                + (seen.earlier() == 0
                        ? ""
                        : ", " + seen.earlier() + (seen.earlier() == 1 ? " earlier value" : " earlier values"));
    }

    private List<String> finding(Finding finding) {
        String sign = switch (finding.grade()) {
            case GOOD -> style.tick();
            case ADVICE -> style.mark();
            case WRONG -> style.cross();
        };
        List<String> lines = new ArrayList<>();
        lines.add(sign + " " + finding.subject() + ": " + finding.message());
        if (!finding.remedy().isEmpty()) {
            lines.add("    " + finding.remedy());
        }
        return lines;
    }

    private String warning(Problem problem) {
        return style.doubtful("warning") + ": " + problem;
    }

    private List<String> error(UserError error) {
        List<String> lines = new ArrayList<>();
        if (error instanceof InvalidConfiguration invalid) {
            once(invalid.problems())
                    .forEach(problem -> lines.add(
                            problem.severity() == Problem.Severity.WARNING ? warning(problem) : problem.toString()));
        } else {
            lines.add(style.bad("error") + ": " + error.message());
        }
        lines.add("  " + error.remedy());
        return lines;
    }

    /** What is wrong with a place that several others share, by an anchor say, is told once: it is to be corrected once. */
    private static List<Problem> once(List<Problem> problems) {
        Map<Problem, List<Problem>> same = new LinkedHashMap<>();
        problems.forEach(problem -> same.computeIfAbsent(
                        problem.location().line() == 0 ? problem : at(problem, ""), any -> new ArrayList<>())
                .add(problem));
        return same.values().stream()
                .map(sharing -> {
                    Problem first = sharing.getFirst();
                    int others = sharing.size() - 1;
                    return others == 0
                            ? first
                            : at(
                                    first,
                                    first.path() + " and " + others
                                            + (others == 1 ? " other that shares it" : " others that share it"));
                })
                .toList();
    }

    private static Problem at(Problem problem, String path) {
        return new Problem(problem.location(), path, problem.message(), problem.remedy(), problem.severity());
    }
}
