package dev.portolan.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.host.HostFiles;
import dev.portolan.host.local.LocalHost;
import dev.portolan.journal.JournalEntry.Outcome;
import dev.portolan.journal.JournalEntry.Purpose;
import dev.portolan.model.Desired;
import dev.portolan.model.ReleaseId;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.UpdateOrder;
import dev.portolan.model.UserError;
import dev.portolan.testing.Examples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final ReleaseId ONE = new ReleaseId("1111111111");
    private static final ReleaseId TWO = new ReleaseId("2222222222");

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
    void everyKindOfEntryIsReadAsItWasWritten() {
        List<JournalEntry> entries = List.of(
                new JournalEntry.Started(
                        "r1",
                        NOON,
                        Purpose.DEPLOY,
                        "ann@laptop",
                        Optional.of(ONE),
                        TWO,
                        Duration.ofMinutes(10),
                        List.of("a")),
                new JournalEntry.Intended("r1", NOON, "dublin/local", "start web"),
                new JournalEntry.Done("r1", NOON, "dublin/local", "start web", Duration.ofMillis(412)),
                new JournalEntry.Failed("r1", NOON, "dublin/local", "cut over web", "it says \"no\"\nand more"),
                new JournalEntry.Verified("r1", NOON, List.of("sydney"), 400, 2),
                new JournalEntry.GoingBack("r1", NOON, "why"),
                new JournalEntry.Paused("r1", NOON, "paused before dublin"),
                new JournalEntry.Committed("r1", NOON, TWO),
                new JournalEntry.Ended("r1", NOON, Outcome.COMMITTED, Optional.empty(), 1000, 0),
                new JournalEntry.Removed("removal-1", NOON, "ann@laptop"));

        entries.forEach(journal::add);

        assertThat(journal.read().entries()).isEqualTo(entries);
    }

    @Test
    void aLastLineThatAPowerCutToreIsTakenOffAndSaid() throws Exception {
        journal.add(new JournalEntry.Committed("r1", NOON, ONE));
        files.append("apps/shop/journal.jsonl", "{\"type\":\"commi");

        assertThat(journal.read().torn()).contains("{\"type\":\"commi");
        assertThat(journal.read().torn()).isEmpty();
        assertThat(journal.read().entries()).hasSize(1);
        journal.add(new JournalEntry.Committed("r2", NOON, TWO));
        assertThat(journal.read().entries()).hasSize(2);
    }

    @Test
    void aCompleteLastLineOfRubbishIsTakenOffToo() throws Exception {
        journal.add(new JournalEntry.Committed("r1", NOON, ONE));
        files.append("apps/shop/journal.jsonl", "\0\0\0\0\n");

        assertThat(journal.read().torn()).contains("\0\0\0\0");
        assertThat(journal.read().entries()).hasSize(1);
    }

    @Test
    void aLineThatWasTornInTheMiddleOfALetterIsStillText() throws Exception {
        journal.add(new JournalEntry.GoingBack("r1", NOON, "caf\u00e9 \ud83d\udea2"));
        byte[] whole = Files.readAllBytes(folder.resolve("apps/shop/journal.jsonl"));

        for (int length = 1; length < whole.length; length++) {
            Files.write(folder.resolve("apps/shop/journal.jsonl"), Arrays.copyOf(whole, length));
            assertThat(journal.read().torn()).as("%d bytes", length).isPresent();
            assertThat(journal.read().entries()).isEmpty();
        }
    }

    @Test
    void whatIsAddedWhileTheJournalIsTidiedOrMendedIsNotLost() throws Exception {
        journal.add(new JournalEntry.Started(
                "r", NOON, Purpose.DEPLOY, "ann", Optional.empty(), ONE, Duration.ZERO, List.of()));
        Journal other = new Journal(new LocalHost(folder, "/nowhere").files(), "shop");
        Thread adding = Thread.ofVirtual().start(() -> {
            for (int number = 0; number < 200; number++) {
                other.add(List.of(
                        new JournalEntry.GoingBack("r", NOON, "number " + number),
                        new JournalEntry.Intended("r", NOON, "dublin/local", "step " + number)));
            }
        });
        while (adding.isAlive()) {
            journal.add(new JournalEntry.Intended("of no rollout, so it is forgotten", NOON, "dublin/local", "start"));
            assertThat(journal.tidy().rollouts()).hasSize(1);
            assertThat(journal.read().torn()).isEmpty();
        }

        assertThat(journal.read().entries().stream().filter(JournalEntry.GoingBack.class::isInstance))
                .hasSize(200);
    }

    @Test
    void aReleaseThatNobodyNeedsAnyMoreGoes() {
        ReleaseStore store = new ReleaseStore(files, "shop");
        Desired one = Examples.release(
                List.of("dublin"),
                new TrafficSettings.None(),
                Examples.service("web", "1", 2, UpdateOrder.START_FIRST));
        Desired two = Examples.release(
                List.of("dublin"),
                new TrafficSettings.None(),
                Examples.service("web", "2", 2, UpdateOrder.START_FIRST));
        store.save(one);
        store.save(two);

        store.keepOnly(Set.of(two.release(), ONE));

        assertThat(store.load(one.release())).isEmpty();
        assertThat(store.load(two.release())).contains(two);
    }

    @Test
    void aBrokenLineInTheMiddleIsAnErrorThatNamesIt() throws Exception {
        journal.add(new JournalEntry.Committed("r1", NOON, ONE));
        files.append("apps/shop/journal.jsonl", "rubbish\n");
        journal.add(new JournalEntry.Committed("r2", NOON, TWO));

        assertThatThrownBy(journal::read)
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("line 2 of the journal " + files.root() + "/apps/shop/journal.jsonl is broken");
    }

    @Test
    void aReleaseIsLoadedAsItWasSaved() {
        Desired release = Examples.release(
                List.of("dublin", "sydney"),
                new TrafficSettings.Edge(8080),
                Examples.service("web", "1", 2, UpdateOrder.START_FIRST));
        ReleaseStore store = new ReleaseStore(files, "shop");

        store.save(release);

        assertThat(store.load(release.release())).contains(release);
        assertThat(store.load(ONE)).isEmpty();
    }
}
