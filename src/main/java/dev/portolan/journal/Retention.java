package dev.portolan.journal;

import dev.portolan.journal.History.Rollout;
import dev.portolan.journal.JournalEntry.Started;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a journal keeps: the last {@value #ROLLOUTS} rollouts, the last {@value #IN_FULL} of them with their plan and every step; and,
 * however old, those that say which release serves and which one served before. Pure.
 */
final class Retention {
    static final int ROLLOUTS = 50;
    static final int IN_FULL = 10;

    private Retention() {}

    static List<JournalEntry> kept(List<JournalEntry> entries) {
        History history = History.of(entries);
        Set<String> outlined = ids(Stream.concat(last(history, ROLLOUTS), history.decisive()));
        Set<String> inFull = ids(last(history, IN_FULL));
        return entries.stream()
                .filter(entry -> outlined.contains(entry.rollout()))
                .flatMap(entry -> inFull.contains(entry.rollout()) ? Stream.of(entry) : outlineOf(entry))
                .toList();
    }

    private static Stream<Rollout> last(History history, int count) {
        return history.rollouts().stream().skip(Math.max(0, history.rollouts().size() - count));
    }

    /** Of rollouts, and of the removals that came next. */
    private static Set<String> ids(Stream<Rollout> rollouts) {
        return rollouts.flatMap(rollout -> Stream.concat(
                        Stream.of(rollout.started().rollout()),
                        rollout.removed().stream().map(JournalEntry.Removed::rollout)))
                .collect(Collectors.toSet());
    }

    private static Stream<JournalEntry> outlineOf(JournalEntry entry) {
        return switch (entry) {
            case Started started -> Stream.of(started.withoutPlan());
            case JournalEntry.Intended intended -> Stream.empty();
            case JournalEntry.Done done -> Stream.empty();
            case JournalEntry.Failed failed -> Stream.of(failed);
            case JournalEntry.Verified verified -> Stream.of(verified);
            case JournalEntry.CommandEnded command -> Stream.of(command);
            case JournalEntry.GoingBack back -> Stream.of(back);
            case JournalEntry.Paused paused -> Stream.of(paused);
            case JournalEntry.Committed committed -> Stream.of(committed);
            case JournalEntry.Ended ended -> Stream.of(ended);
            case JournalEntry.Removed removed -> Stream.of(removed);
        };
    }
}
