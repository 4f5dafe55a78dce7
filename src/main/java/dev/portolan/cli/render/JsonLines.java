package dev.portolan.cli.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portolan.deploy.Changes;
import dev.portolan.deploy.Finding;
import dev.portolan.deploy.Notice;
import dev.portolan.journal.JournalEntry;
import dev.portolan.journal.Lease;
import dev.portolan.logs.LogEntry;
import dev.portolan.model.InvalidConfiguration;
import dev.portolan.model.Problem;
import dev.portolan.model.UserError;
import dev.portolan.plan.StepText;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One JSON object a line, on the output: {@code event} says what it is. Durations are in milliseconds. */
public final class JsonLines implements Display {
    private final PrintStream output;

    public JsonLines(PrintStream output) {
        this.output = output;
    }

    @Override
    public synchronized void show(Event event) {
        output.print(of(event) + "\n");
        output.flush();
    }

    @Override
    public void close() {
        output.flush();
    }

    static ObjectNode of(Event event) {
        return switch (event) {
            case Event.Said(String text) -> named("said").put("text", text);
            case Event.Warned(Problem problem) -> {
                ObjectNode node = named("warning");
                problem(node, problem);
                yield node;
            }
            case Event.Noticed(Notice notice) -> notice(notice);
            case Event.Planned planned -> plan(planned);
            case Event.Rolled(var rolled) -> RolloutJson.of(rolled);
            case Event.StatusSeen(var report, var now) -> StatusJson.of(report);
            case Event.HistorySeen(var chapters) -> {
                ObjectNode node = named("history");
                ArrayNode rollouts = node.putArray("rollouts");
                chapters.forEach(chapter -> HistoryJson.put(rollouts.addObject(), chapter));
                yield node;
            }
            case Event.ChapterSeen(var chapter) -> {
                ObjectNode node = named("rollout");
                HistoryJson.put(node, chapter);
                HistoryJson.putEntries(
                        node.putArray("entries"), chapter.rollout().entries());
                yield node;
            }
            case Event.DiffSeen(var result) -> {
                ObjectNode node = named("difference")
                        .put("from", result.from().value())
                        .put("to", result.to().value());
                changes(node, result.changes());
                yield node;
            }
            case Event.LogSeen(LogEntry entry) ->
                named("log")
                        .put("time", entry.time())
                        .put("region", entry.source().host().region())
                        .put("host", entry.source().host().name())
                        .put("service", entry.source().service())
                        .put("container", entry.source().container())
                        .put("stream", entry.error() ? "error" : "output")
                        .put("text", entry.text());
            case Event.OutputSeen(boolean error, ByteBuffer content) -> output(error, content);
            case Event.LockSeen(String app, Optional<Lease.Owner> holder) -> {
                ObjectNode node = named("lock").put("app", app).put("locked", holder.isPresent());
                holder.ifPresent(owner -> owner(node, owner));
                yield node;
            }
            case Event.SecretSeen seen -> {
                ObjectNode node = named("secret")
                        .put("file", seen.file())
                        .put("name", seen.name())
                        .put("version", seen.version())
                        .put("earlier", seen.earlier());
                seen.set().ifPresent(set -> node.put("set", set.toString()));
                yield node;
            }
            case Event.Examined(var findings) -> findings(findings);
            case Event.LoadSeen(var report) -> LoadJson.of("load", report);
            case Event.LoadEnded(var report) -> LoadJson.of("load-ended", report);
            case Event.Failed(UserError error) -> error(error);
            case Event.Ended(Summary summary) -> summary(summary);
        };
    }

    static ObjectNode named(String event) {
        return JsonNodeFactory.instance.objectNode().put("event", event);
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static void strings(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    static void changes(ObjectNode node, Changes changes) {
        ArrayNode services = node.putArray("services");
        changes.services().forEach(change -> {
            ObjectNode service =
                    services.addObject().put("service", change.service()).put("change", word(change.kind()));
            strings(service.putArray("what"), change.what());
            strings(service.putArray("regions"), change.regions());
        });
        strings(node.putArray("others"), changes.others());
    }

    static void owner(ObjectNode node, Lease.Owner owner) {
        node.put("who", owner.who())
                .put("machine", owner.machine())
                .put("process", owner.process())
                .put("purpose", owner.purpose())
                .put("since", owner.since().toString());
    }

    private static ObjectNode plan(Event.Planned planned) {
        ObjectNode node = named("plan").put("empty", planned.plan().isEmpty());
        planned.plan().from().ifPresent(from -> node.put("from", from.value()));
        planned.plan().to().ifPresent(to -> node.put("to", to.value()));
        changes(node, planned.changes());
        strings(node.putArray("steps"), StepText.of(planned.plan()));
        strings(node.putArray("warnings"), planned.plan().warnings());
        return node;
    }

    private static ObjectNode notice(Notice notice) {
        return switch (notice) {
            case Notice.TornLine(String line) -> named("torn-journal-line").put("line", line);
            case Notice.OpenRollout(var rollout) ->
                open("open-rollout", rollout.started()).put("paused", rollout.paused());
            case Notice.PuttingRight(var rollout) -> open("putting-right", rollout.started());
        };
    }

    private static ObjectNode open(String event, JournalEntry.Started started) {
        return named(event)
                .put("rollout", started.rollout())
                .put("purpose", word(started.purpose()))
                .put("to", started.to().value())
                .put("who", started.who());
    }

    private static ObjectNode output(boolean error, ByteBuffer content) {
        ObjectNode node = named("output").put("stream", error ? "error" : "output");
        try {
            return node.put(
                    "text",
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(content.duplicate())
                            .toString());
        } catch (CharacterCodingException binary) {
            return node.put(
                    "base64",
                    StandardCharsets.ISO_8859_1
                            .decode(Base64.getEncoder().encode(content.duplicate()))
                            .toString());
        }
    }

    private static ObjectNode findings(List<Finding> findings) {
        ObjectNode node = named("findings");
        ArrayNode list = node.putArray("findings");
        findings.forEach(finding -> list.addObject()
                .put("subject", finding.subject())
                .put("grade", word(finding.grade()))
                .put("message", finding.message())
                .put("remedy", finding.remedy()));
        return node;
    }

    private static ObjectNode error(UserError error) {
        ObjectNode node = named("error").put("message", error.message()).put("remedy", error.remedy());
        if (error instanceof InvalidConfiguration invalid) {
            ArrayNode problems = node.putArray("problems");
            invalid.problems().forEach(problem -> problem(problems.addObject(), problem));
        }
        return node;
    }

    private static void problem(ObjectNode node, Problem problem) {
        node.put("severity", word(problem.severity()))
                .put("file", problem.location().file())
                .put("line", problem.location().line())
                .put("column", problem.location().column())
                .put("path", problem.path())
                .put("message", problem.message())
                .put("remedy", problem.remedy());
    }

    private static ObjectNode summary(Summary summary) {
        ObjectNode node = named("summary").put("result", summary.result()).put("exit", summary.exit());
        summary.release().ifPresent(release -> node.put("release", release.value()));
        summary.requests().ifPresent(requests -> node.put("requests", requests));
        summary.failed().ifPresent(failed -> node.put("failed", failed));
        summary.took().ifPresent(took -> node.put("took", took.toMillis()));
        return node;
    }
}
