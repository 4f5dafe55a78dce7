package dev.portolan.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.journal.JournalEntry.Outcome;
import dev.portolan.journal.JournalEntry.Purpose;
import dev.portolan.model.ReleaseId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final ReleaseId ONE = new ReleaseId("1111111111");
    private static final ReleaseId TWO = new ReleaseId("2222222222");

    private final List<JournalEntry> entries = new ArrayList<>();

    @Test
    void nothingIsCommittedBeforeTheFirstDeploy() {
        assertThat(history().committed()).isEmpty();
        assertThat(history().open()).isEmpty();
    }

    @Test
    void aFailedRolloutLeavesTheCommittedReleaseAsItWas() {
        committed("a", Optional.empty(), ONE, NOON);
        started("b", Optional.of(ONE), TWO, NOON);
        entries.add(new JournalEntry.Ended("b", NOON, Outcome.ROLLED_BACK, Optional.of("unhealthy"), 10, 0));

        assertThat(history().committed()).contains(ONE);
        assertThat(history().open()).isEmpty();
    }

    @Test
    void theReleaseBeforeIsKeptFromTheCommitOn() {
        committed("a", Optional.empty(), ONE, NOON);
        committed("b", Optional.of(ONE), TWO, NOON.plusSeconds(100));

        assertThat(history().previous()).contains(ONE);
        assertThat(history().keptUntil()).isEqualTo(NOON.plusSeconds(100 + 600));
    }

    @Test
    void aRepairOfTheSameReleaseDoesNotForgetTheOneBefore() {
        committed("a", Optional.empty(), ONE, NOON);
        committed("b", Optional.of(ONE), TWO, NOON.plusSeconds(100));
        committed("c", Optional.of(TWO), TWO, NOON.plusSeconds(2000));

        assertThat(history().previous()).contains(ONE);
        assertThat(history().keptUntil()).isEqualTo(NOON.plusSeconds(100 + 600));
    }

    @Test
    void aRolloutWithoutAnEndIsOpen() {
        committed("a", Optional.empty(), ONE, NOON);
        started("b", Optional.of(ONE), TWO, NOON);

        assertThat(history().open()).hasValueSatisfying(open -> {
            assertThat(open.started().to()).isEqualTo(TWO);
            assertThat(open.paused()).isFalse();
        });
    }

    @Test
    void aPausedRolloutIsOpenAndSaysSo() {
        started("b", Optional.of(ONE), TWO, NOON);
        entries.add(new JournalEntry.Paused("b", NOON, "paused before dublin"));

        assertThat(history().open())
                .hasValueSatisfying(open -> assertThat(open.paused()).isTrue());
    }

    @Test
    void aRolloutThatGotStuckIsOpen() {
        started("b", Optional.of(ONE), TWO, NOON);
        entries.add(new JournalEntry.Ended("b", NOON, Outcome.STUCK, Optional.of("no"), 0, 0));

        assertThat(history().open()).isPresent();
    }

    @Test
    void theLastReleasesThatServedAreRetainedAndTheOneThatWasTriedLast() {
        List<ReleaseId> ids = List.of("a", "b", "c", "d").stream()
                .map(digit -> new ReleaseId(digit.repeat(10)))
                .toList();
        committed("a", Optional.empty(), ids.get(0), NOON);
        committed("b", Optional.of(ids.get(0)), ids.get(1), NOON);
        started("x", Optional.of(ids.get(1)), ONE, NOON);
        entries.add(new JournalEntry.Ended("x", NOON, Outcome.ROLLED_BACK, Optional.of("unhealthy"), 10, 0));
        committed("c", Optional.of(ids.get(1)), ids.get(2), NOON);
        committed("d", Optional.of(ids.get(2)), ids.get(3), NOON);

        assertThat(history().retained(3)).containsExactlyInAnyOrderElementsOf(ids.subList(1, 4));
        assertThat(history().retained(1)).containsExactlyInAnyOrderElementsOf(ids.subList(2, 4));

        started("y", Optional.of(ids.get(3)), TWO, NOON);
        assertThat(history().retained(1)).containsExactlyInAnyOrder(ids.get(2), ids.get(3), TWO);
    }

    @Test
    void whatServesAndWhatServedBeforeAreRetainedThroughAnyNumberOfRepairs() {
        committed("a", Optional.empty(), ONE, NOON);
        committed("b", Optional.of(ONE), TWO, NOON);
        for (int repair = 0; repair < 10; repair++) {
            committed("r" + repair, Optional.of(TWO), TWO, NOON);
        }

        assertThat(history().retained(1)).containsExactlyInAnyOrder(ONE, TWO);
    }

    @Test
    void aCommandThatEndedWellIsKnownUntilItsRolloutComesToAnEnd() {
        assertThat(history().commandSucceeded(TWO)).isFalse();
        started("b", Optional.of(ONE), TWO, NOON);
        assertThat(history().commandSucceeded(TWO)).isFalse();
        command("b", TWO, true);
        assertThat(history().commandSucceeded(TWO)).isTrue();
        assertThat(history().commandSucceeded(ONE)).isFalse();
        started("c", Optional.of(ONE), TWO, NOON); // resumed, and cut off again
        assertThat(history().commandSucceeded(TWO)).isTrue();
        entries.add(new JournalEntry.Ended("c", NOON, Outcome.ROLLED_BACK, Optional.of("unhealthy"), 10, 0));
        assertThat(history().commandSucceeded(TWO)).isFalse();
    }

    @Test
    void aCommandThatFailedIsNotOneThatSucceeded() {
        started("b", Optional.of(ONE), TWO, NOON);
        command("b", TWO, false);

        assertThat(history().commandSucceeded(TWO)).isFalse();
    }

    @Test
    void aRolloutOfAnotherReleaseInBetweenMakesACommandAThingOfThePast() {
        started("b", Optional.of(ONE), TWO, NOON);
        command("b", TWO, true);
        started("c", Optional.of(ONE), ONE, NOON);
        started("d", Optional.of(ONE), TWO, NOON);

        assertThat(history().commandSucceeded(TWO)).isFalse();
    }

    private void command(String rollout, ReleaseId release, boolean succeeded) {
        entries.add(new JournalEntry.CommandEnded(
                rollout, NOON, release, succeeded, "exited", Duration.ofSeconds(1), List.of("one", "two")));
    }

    @Test
    void aLaterRolloutClosesAnEarlierOne() {
        started("b", Optional.of(ONE), TWO, NOON);
        committed("c", Optional.of(ONE), TWO, NOON);

        assertThat(history().open()).isEmpty();
    }

    @Test
    void afterARemovalNothingIsCommittedKeptOrOpen() {
        committed("a", Optional.empty(), ONE, NOON);
        committed("b", Optional.of(ONE), TWO, NOON.plusSeconds(100));
        started("c", Optional.of(TWO), ONE, NOON.plusSeconds(200));
        removed("removal-1", NOON.plusSeconds(300));

        assertThat(history().committed()).isEmpty();
        assertThat(history().committedAt()).isEmpty();
        assertThat(history().previous()).isEmpty();
        assertThat(history().keptUntil()).isEqualTo(Instant.EPOCH);
        assertThat(history().open()).isEmpty();
        assertThat(history().rollouts())
                .extracting(rollout -> rollout.removed().map(JournalEntry.Removed::who))
                .containsExactly(Optional.empty(), Optional.empty(), Optional.of("ann@laptop"));
    }

    @Test
    void aDeployAfterARemovalIsAFirstOne() {
        removed("removal-1", NOON);
        committed("a", Optional.empty(), ONE, NOON);
        removed("removal-2", NOON.plusSeconds(100));
        removed("removal-3", NOON.plusSeconds(150));
        committed("b", Optional.empty(), ONE, NOON.plusSeconds(200));

        assertThat(history().committed()).contains(ONE);
        assertThat(history().previous()).isEmpty();
        assertThat(history().rollouts().getFirst().removed())
                .map(JournalEntry.Removed::at)
                .contains(NOON.plusSeconds(100));
    }

    private void removed(String id, Instant at) {
        entries.add(new JournalEntry.Intended(id, at, "dublin/local", "remove web"));
        entries.add(new JournalEntry.Removed(id, at, "ann@laptop"));
    }

    private History history() {
        return History.of(entries);
    }

    private void started(String rollout, Optional<ReleaseId> from, ReleaseId to, Instant at) {
        entries.add(new JournalEntry.Started(
                rollout, at, Purpose.DEPLOY, "ann@laptop", from, to, Duration.ofMinutes(10), List.of()));
    }

    private void committed(String rollout, Optional<ReleaseId> from, ReleaseId to, Instant at) {
        started(rollout, from, to, at);
        entries.add(new JournalEntry.Committed(rollout, at, to));
        entries.add(new JournalEntry.Ended(rollout, at, Outcome.COMMITTED, Optional.empty(), 100, 0));
    }
}
