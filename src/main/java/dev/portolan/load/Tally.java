package dev.portolan.load;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Counts what becomes of the requests of one reader. For any thread.
 *
 * <p>Which failed POSTs were cut off by a fault is decided when a report is made, because the fault may be announced after
 * them. So all of these are kept, and of the other failures the first ones.
 */
final class Tally {
    private final Reader reader;
    private final LoadSettings settings;
    private final Clock clock;
    private final Gap gap;
    private final Gap gapOfPlace;
    private final Count count = new Count();
    private final List<Failure> firstFailures = new ArrayList<>();
    private final List<Failure> openFailures = new ArrayList<>();
    private final List<String> successfulPosts = new ArrayList<>();

    Tally(Reader reader, LoadSettings settings, Clock clock, Gap gapOfPlace) {
        this.reader = reader;
        this.settings = settings;
        this.clock = clock;
        this.gap = new Gap(clock.startNanos());
        this.gapOfPlace = gapOfPlace;
    }

    /** A request was due; it ends with exactly one {@link #ended}. */
    synchronized void due() {
        count.due();
    }

    /** The harness has begun with a request, so long after it was due. */
    synchronized void begun(long afterNanos) {
        count.begun(afterNanos, afterNanos > settings.lateAfter().toNanos());
    }

    /** A request has to wait because too many are outstanding. */
    synchronized void heldBack() {
        count.heldBack();
    }

    synchronized void ended(String id, long dueNanos, long sentNanos, Outcome outcome) {
        switch (outcome) {
            case Outcome.Succeeded(ServedBy by, long endedNanos) -> {
                count.succeeded(by, endedNanos - dueNanos);
                gap.success(endedNanos);
                gapOfPlace.success(endedNanos);
                if (reader.kind() == ReaderKind.POST) {
                    successfulPosts.add(id);
                }
            }
            case Outcome.CutOff ignored -> count.cutOff();
            case Outcome.Failed failed -> keep(failure(id, dueNanos, sentNanos, failed));
        }
    }

    private Failure failure(String id, long dueNanos, long sentNanos, Outcome.Failed failed) {
        return new Failure(
                reader.place(),
                reader.kind(),
                reader.uri(),
                id,
                clock.instant(dueNanos),
                clock.instant(sentNanos),
                clock.instant(failed.endedNanos()),
                failed.kind(),
                failed.reason(),
                failed.by());
    }

    private void keep(Failure failure) {
        if (!reader.kind().idempotent()) {
            openFailures.add(failure);
            return;
        }
        count.failed(failure);
        if (firstFailures.size() < settings.failuresShown()) {
            firstFailures.add(failure);
        }
    }

    Reader reader() {
        return reader;
    }

    /** What has been counted so far; a POST that one of these faults explains was cut off, and has not failed. */
    synchronized Count count(List<Fault> faults) {
        var total = new Count();
        total.add(count);
        for (Failure failure : openFailures) {
            if (explained(failure, faults)) {
                total.cutOff();
            } else {
                total.failed(failure);
            }
        }
        return total;
    }

    /** In nanoseconds until this moment. */
    long longestGap(long nowNanos) {
        return gap.longestUntil(nowNanos);
    }

    /** The first failures, less those that one of these faults explains. */
    synchronized List<Failure> failures(List<Fault> faults) {
        return Stream.concat(
                        firstFailures.stream(), openFailures.stream().filter(failure -> !explained(failure, faults)))
                .toList();
    }

    /** How many POSTs this fault explains that none of the faults before it does. */
    synchronized long cutOffBy(Fault fault, List<Fault> before) {
        return openFailures.stream()
                .filter(failure -> fault.explains(failure) && !explained(failure, before))
                .count();
    }

    /** The POSTs that have ended. */
    synchronized List<Post> posts(List<Fault> faults) {
        var posts = new ArrayList<Post>();
        for (String id : successfulPosts) {
            posts.add(new Post(id, reader.place(), Post.Outcome.SUCCEEDED));
        }
        for (Failure failure : openFailures) {
            var outcome = explained(failure, faults) ? Post.Outcome.CUT_OFF : Post.Outcome.FAILED;
            posts.add(new Post(failure.id(), reader.place(), outcome));
        }
        return posts;
    }

    private static boolean explained(Failure failure, List<Fault> faults) {
        return faults.stream().anyMatch(fault -> fault.explains(failure));
    }
}
