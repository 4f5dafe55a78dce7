package dev.portolan.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.host.HostFiles;
import dev.portolan.host.local.LocalHost;
import dev.portolan.journal.JournalEntry.Outcome;
import dev.portolan.journal.JournalEntry.Purpose;
import dev.portolan.model.ReleaseId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final ReleaseId ONE = new ReleaseId("1111111111");
    private static final ReleaseId TWO = new ReleaseId("2222222222");
    private static final ReleaseId BAD = new ReleaseId("bbbbbbbbbb");
    private static final String PATH = "apps/shop/journal.jsonl";

    @TempDir
    Path folder;

    private HostFiles files;
    private Journal journal;

    @BeforeEach
    void open() {
        files = new LocalHost(folder, "/nowhere").files();
        journal = new Journal(files, "shop");
    }

    @Test
    void aShortJournalStaysAsItIs() throws Exception {
        for (int number = 1; number <= Retention.IN_FULL; number++) {
            journal.add(committed(number, Optional.of(ONE), TWO));
        }
        String before = text();

        assertThat(journal.tidy().rollouts()).hasSize(Retention.IN_FULL);

        assertThat(text()).isEqualTo(before);
    }

    @Test
    void anOlderRolloutLosesItsPlanAndItsStepsAndNothingElse() {
        for (int number = 1; number <= Retention.IN_FULL + 1; number++) {
            journal.add(committed(number, Optional.of(ONE), TWO));
        }
        History.Rollout before = History.of(journal.read().entries()).rollouts().getFirst();

        History after = journal.tidy();

        assertThat(after).isEqualTo(History.of(journal.read().entries()));
        assertThat(after.rollouts()).hasSize(Retention.IN_FULL + 1);
        History.Rollout old = after.rollouts().getFirst();
        assertThat(old.started()).isEqualTo(before.started().withoutPlan());
        assertThat(old.entries())
                .hasSize(4)
                .noneMatch(entry -> entry instanceof JournalEntry.Intended || entry instanceof JournalEntry.Done);
        assertThat(old.committed()).isEqualTo(before.committed());
        assertThat(old.failures()).isEqualTo(before.failures());
        assertThat(old.ended()).isEqualTo(before.ended());
        assertThat(after.rollouts().get(1).entries()).hasSize(6);
    }

    @Test
    void theOldestRolloutsGo() {
        for (int number = 1; number <= Retention.ROLLOUTS + 3; number++) {
            journal.add(committed(number, Optional.of(ONE), TWO));
        }

        assertThat(journal.tidy().rollouts())
                .hasSize(Retention.ROLLOUTS)
                .extracting(rollout -> rollout.started().rollout())
                .startsWith("r4")
                .endsWith("r" + (Retention.ROLLOUTS + 3));
    }

    @Test
    void whatServesAndWhatServedBeforeIsKnownHoweverLongAgoThatWas() {
        journal.add(committed(1, Optional.empty(), ONE));
        journal.add(committed(2, Optional.of(ONE), TWO));
        journal.add(committed(3, Optional.of(TWO), TWO));
        for (int number = 4; number <= 200; number++) {
            journal.add(rolledBack(number, TWO, BAD));
            if (number % 7 == 0) {
                journal.tidy();
            }
        }

        History history = journal.tidy();

        assertThat(history.rollouts()).hasSize(Retention.ROLLOUTS + 2);
        assertThat(history.committed()).contains(TWO);
        assertThat(history.committedAt()).contains(NOON.plusSeconds(2));
        assertThat(history.previous()).contains(ONE);
        assertThat(history.keptUntil()).isEqualTo(NOON.plusSeconds(2).plus(Duration.ofMinutes(10)));
        assertThat(history.releases()).containsExactlyInAnyOrder(ONE, TWO, BAD);
    }

    @Test
    void whatWasTakenDownStaysSo() {
        journal.add(committed(1, Optional.empty(), ONE));
        for (int number = 2; number <= Retention.ROLLOUTS; number++) {
            journal.add(rolledBack(number, ONE, BAD));
        }
        journal.add(new JournalEntry.Removed("removal", NOON, "ann@laptop"));
        for (int number = 1; number <= 5; number++) {
            journal.add(rolledBack(100 + number, ONE, BAD));
            assertThat(journal.tidy().committed()).isEmpty();
        }

        assertThat(journal.tidy().rollouts()).hasSize(Retention.ROLLOUTS);
    }

    @Test
    void anOpenRolloutIsStillOpen() {
        for (int number = 1; number <= Retention.ROLLOUTS; number++) {
            journal.add(committed(number, Optional.of(ONE), TWO));
        }
        journal.add(started(99, Optional.of(TWO), BAD));

        assertThat(journal.tidy().open())
                .hasValueSatisfying(open -> assertThat(open.started().to()).isEqualTo(BAD));
    }

    @Test
    void theOutlineHasEverythingThatAHistorySaysExceptTheSteps() {
        journal.add(committed(1, Optional.empty(), ONE));
        journal.add(rolledBack(2, ONE, BAD));

        assertThat(journal.outline().entries())
                .isEqualTo(journal.read().entries().stream()
                        .filter(entry ->
                                !(entry instanceof JournalEntry.Intended) && !(entry instanceof JournalEntry.Done))
                        .toList())
                .hasSize(8);
    }

    private String text() throws Exception {
        return files.read(PATH).orElseThrow().content();
    }

    private static JournalEntry started(int number, Optional<ReleaseId> from, ReleaseId to) {
        return new JournalEntry.Started(
                "r" + number,
                NOON.plusSeconds(number),
                Purpose.DEPLOY,
                "ann@laptop",
                from,
                to,
                Duration.ofMinutes(10),
                List.of("start web", "cut over web"));
    }

    private static List<JournalEntry> committed(int number, Optional<ReleaseId> from, ReleaseId to) {
        List<JournalEntry> entries = steps(number, from, to);
        entries.add(new JournalEntry.Committed("r" + number, NOON.plusSeconds(number), to));
        entries.add(new JournalEntry.Ended(
                "r" + number, NOON.plusSeconds(number), Outcome.COMMITTED, Optional.empty(), 10, 0));
        return entries;
    }

    private static List<JournalEntry> rolledBack(int number, ReleaseId from, ReleaseId to) {
        List<JournalEntry> entries = steps(number, Optional.of(from), to);
        entries.add(new JournalEntry.GoingBack("r" + number, NOON.plusSeconds(number), "it fails"));
        entries.add(new JournalEntry.Ended(
                "r" + number, NOON.plusSeconds(number), Outcome.ROLLED_BACK, Optional.of("it fails"), 10, 0));
        return entries;
    }

    private static List<JournalEntry> steps(int number, Optional<ReleaseId> from, ReleaseId to) {
        String id = "r" + number;
        Instant now = NOON.plusSeconds(number);
        return new ArrayList<>(List.of(
                started(number, from, to),
                new JournalEntry.Intended(id, now, "dublin/local", "start web"),
                new JournalEntry.Done(id, now, "dublin/local", "start web", Duration.ofMillis(412)),
                new JournalEntry.Failed(id, now, "dublin/local", "cut over web", "it fails")));
    }
}
