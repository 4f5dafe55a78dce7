package dev.portolan.journal;

import dev.portolan.journal.JournalEntry.Committed;
import dev.portolan.journal.JournalEntry.Ended;
import dev.portolan.journal.JournalEntry.Failed;
import dev.portolan.journal.JournalEntry.Outcome;
import dev.portolan.journal.JournalEntry.Paused;
import dev.portolan.journal.JournalEntry.Removed;
import dev.portolan.journal.JournalEntry.Started;
import dev.portolan.model.ReleaseId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The journal as rollouts, oldest first, and what follows from them. Pure. */
public record History(List<Rollout> rollouts) {

    /**
     * One rollout.
     *
     * @param committed when its release became the committed one, if it did
     * @param ended how it ended; empty while it runs, and when its command died
     * @param paused whether it waits, on purpose, to be resumed
     * @param failures what failed, in order
     * @param removed the removal of the app that came next, if one did
     */
    public record Rollout(
            Started started,
            Optional<Committed> committed,
            Optional<Ended> ended,
            boolean paused,
            List<Failed> failures,
            List<JournalEntry> entries,
            Optional<Removed> removed) {}

    public static History of(List<JournalEntry> entries) {
        Map<String, List<JournalEntry>> byRollout = new LinkedHashMap<>();
        Map<String, Removed> removals = new HashMap<>();
        String last = "";
        for (JournalEntry entry : entries) {
            if (entry instanceof Started) {
                last = entry.rollout();
            } else if (entry instanceof Removed removed) {
                removals.putIfAbsent(last, removed);
            }
            byRollout
                    .computeIfAbsent(entry.rollout(), unknown -> new ArrayList<>())
                    .add(entry);
        }
        return new History(byRollout.values().stream()
                .filter(lines -> lines.getFirst() instanceof Started)
                .map(lines -> fold(
                        lines, Optional.ofNullable(removals.get(lines.getFirst().rollout()))))
                .toList());
    }

    /** The release that the hosts serve, by the last decision; empty when the app was taken off them since. */
    public Optional<ReleaseId> committed() {
        return lastCommitted().flatMap(Rollout::committed).map(Committed::release);
    }

    /** When it became the committed one. */
    public Optional<Instant> committedAt() {
        return lastChange().flatMap(Rollout::committed).map(Committed::at);
    }

    /** The committed release before it, whose containers are kept for a while. */
    public Optional<ReleaseId> previous() {
        return lastChange().flatMap(rollout -> rollout.started().from());
    }

    /** Until when the containers of {@link #previous} run on. */
    public Instant keptUntil() {
        return lastChange()
                .flatMap(rollout -> rollout.committed()
                        .map(committed -> committed.at().plus(rollout.started().keep())))
                .orElse(Instant.EPOCH);
    }

    /** The last rollout, when it did not come to an end: it was paused, or its command died; and the app is still there. */
    public Optional<Rollout> open() {
        return sinceRemoval().stream().findFirst().filter(History::isOpen);
    }

    /** Whether the command of a release has ended well since rollouts to it began of which none came to its end. */
    public boolean commandSucceeded(ReleaseId release) {
        return sinceRemoval().stream()
                .takeWhile(rollout -> isOpen(rollout) && rollout.started().to().equals(release))
                .flatMap(rollout -> rollout.entries().stream())
                .anyMatch(entry -> entry instanceof JournalEntry.CommandEnded ended
                        && ended.release().equals(release)
                        && ended.succeeded());
    }

    private static boolean isOpen(Rollout rollout) {
        return rollout.ended().map(ended -> ended.outcome() == Outcome.STUCK).orElse(true);
    }

    /** The newest first. */
    private List<Rollout> sinceRemoval() {
        return rollouts.reversed().stream()
                .takeWhile(rollout -> rollout.removed().isEmpty())
                .toList();
    }

    /** Every release that a rollout went to or from. */
    public Set<ReleaseId> releases() {
        return rollouts.stream()
                .flatMap(rollout -> Stream.concat(
                        rollout.started().from().stream(),
                        Stream.of(rollout.started().to())))
                .collect(Collectors.toSet());
    }

    /**
     * The releases that are not forgotten: the last ones that served, the one that serves and the one before it whatever their age, and
     * the one that was tried last.
     *
     * @param count of those that served, 1 or more
     */
    public Set<ReleaseId> retained(int count) {
        Set<ReleaseId> retained = new LinkedHashSet<>();
        rollouts.reversed().stream()
                .flatMap(rollout -> rollout.committed().stream())
                .map(Committed::release)
                .distinct()
                .limit(count)
                .forEach(retained::add);
        decisive()
                .flatMap(rollout -> Stream.concat(
                        rollout.started().from().stream(),
                        Stream.of(rollout.started().to())))
                .forEach(retained::add);
        if (!rollouts.isEmpty()) {
            retained.add(rollouts.getLast().started().to());
        }
        return Set.copyOf(retained);
    }

    /** Those from which {@link #committed}, {@link #previous} and {@link #keptUntil} follow. */
    Stream<Rollout> decisive() {
        return Stream.of(lastCommitted(), lastChange()).flatMap(Optional::stream);
    }

    /** The rollout by which the committed release took the place of another one; later ones of it changed less. */
    private Optional<Rollout> lastChange() {
        return sinceRemoval().stream()
                .filter(rollout -> rollout.committed()
                        .filter(committed -> !rollout.started().from().equals(Optional.of(committed.release())))
                        .isPresent())
                .findFirst();
    }

    private Optional<Rollout> lastCommitted() {
        return sinceRemoval().stream()
                .filter(rollout -> rollout.committed().isPresent())
                .findFirst();
    }

    private static Rollout fold(List<JournalEntry> lines, Optional<Removed> removed) {
        Started started = (Started) lines.getFirst();
        Optional<Committed> committed = last(lines, Committed.class);
        Optional<Ended> ended = last(lines, Ended.class);
        boolean paused = lines.getLast() instanceof Paused;
        List<Failed> failures = lines.stream()
                .filter(Failed.class::isInstance)
                .map(Failed.class::cast)
                .toList();
        return new Rollout(started, committed, ended, paused, failures, List.copyOf(lines), removed);
    }

    private static <T extends JournalEntry> Optional<T> last(List<JournalEntry> lines, Class<T> type) {
        return lines.reversed().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
