package dev.portolan.cli.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portolan.cli.render.Event.Chapter;
import dev.portolan.journal.JournalEntry;
import dev.portolan.journal.JournalEntry.Started;
import java.time.Duration;
import java.util.List;

/** What was released, as JSON. */
final class HistoryJson {
    private HistoryJson() {}

    static void put(ObjectNode node, Chapter chapter) {
        Started started = chapter.rollout().started();
        node.put("rollout", started.rollout())
                .put("at", started.at().toString())
                .put("who", started.who())
                .put("purpose", JsonLines.word(started.purpose()));
        started.from().ifPresent(from -> node.put("from", from.value()));
        node.put("to", started.to().value());
        chapter.rollout()
                .ended()
                .ifPresentOrElse(
                        ended -> {
                            node.put("outcome", JsonLines.word(ended.outcome()))
                                    .put(
                                            "took",
                                            Duration.between(started.at(), ended.at())
                                                    .toMillis())
                                    .put("requests", ended.requests())
                                    .put("failed", ended.failures());
                            ended.reason().ifPresent(reason -> node.put("reason", reason));
                        },
                        () -> node.put("outcome", chapter.rollout().paused() ? "paused" : "open"));
        chapter.rollout()
                .removed()
                .ifPresent(removed -> node.putObject("removed")
                        .put("at", removed.at().toString())
                        .put("who", removed.who()));
        chapter.changes().ifPresent(changes -> JsonLines.changes(node.putObject("changes"), changes));
    }

    static void putEntries(ArrayNode array, List<JournalEntry> entries) {
        entries.forEach(entry -> put(array.addObject(), entry));
    }

    private static void put(ObjectNode node, JournalEntry entry) {
        node.put("at", entry.at().toString());
        switch (entry) {
            case Started started ->
                JsonLines.strings(node.put("entry", "started").putArray("plan"), started.plan());
            case JournalEntry.Intended intended ->
                step(node.put("entry", "intended"), intended.where(), intended.step());
            case JournalEntry.Done done ->
                step(node.put("entry", "done"), done.where(), done.step())
                        .put("took", done.took().toMillis());
            case JournalEntry.Failed failed ->
                step(node.put("entry", "failed"), failed.where(), failed.step()).put("reason", failed.reason());
            case JournalEntry.Verified verified ->
                JsonLines.strings(
                        node.put("entry", "verified")
                                .put("requests", verified.requests())
                                .put("failed", verified.failures())
                                .putArray("regions"),
                        verified.regions());
            case JournalEntry.CommandEnded command ->
                JsonLines.strings(
                        node.put("entry", "command-ended")
                                .put("release", command.release().value())
                                .put("succeeded", command.succeeded())
                                .put("how", command.how())
                                .put("took", command.took().toMillis())
                                .putArray("output"),
                        command.output());
            case JournalEntry.GoingBack back -> node.put("entry", "going-back").put("reason", back.reason());
            case JournalEntry.Paused paused -> node.put("entry", "paused").put("reason", paused.reason());
            case JournalEntry.Committed committed ->
                node.put("entry", "committed")
                        .put("release", committed.release().value());
            case JournalEntry.Ended ended -> node.put("entry", "ended").put("outcome", JsonLines.word(ended.outcome()));
            case JournalEntry.Removed removed -> node.put("entry", "removed").put("who", removed.who());
        }
    }

    private static ObjectNode step(ObjectNode node, String where, String step) {
        return node.put("where", where).put("step", step);
    }
}
