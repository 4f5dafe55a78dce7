package dev.portolan.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.host.HostFiles.Change;
import dev.portolan.host.HostFiles.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for the files of every host, whatever the way to it. */
public abstract class HostFilesContract {
    @TempDir
    Path folder;

    private Path root;
    private HostFiles files;

    /** Opens files below a folder of this machine, once more each time. */
    protected abstract HostFiles files(Path at) throws IOException;

    /** How often each of several writers is to win. */
    protected abstract int rounds();

    @BeforeEach
    void open() throws IOException {
        root = folder.resolve("root");
        files = files(root);
    }

    @Test
    void aFileIsReadAsItWasWrittenWithItsAge() throws Exception {
        assertThat(files.read("apps/shop/committed")).isEmpty();
        files.write("apps/shop/committed", "r1");
        files.write("apps/shop/committed", "r2: größer");
        StoredFile file = files.read("apps/shop/committed").orElseThrow();
        assertThat(file.content()).isEqualTo("r2: größer");
        assertThat(file.age()).isBetween(Duration.ZERO, Duration.ofSeconds(20));
    }

    @Test
    void theFilesBelongToWhoeverRunsThis() throws Exception {
        Path probe = Files.createTempFile("owner", "");
        assertThat(files.owner().user()).isEqualTo(Files.getAttribute(probe, "unix:uid"));
        assertThat(files.owner().group()).isEqualTo(Files.getAttribute(probe, "unix:gid"));
        Files.delete(probe);
    }

    @Test
    void appendAddsToTheEnd() throws Exception {
        files.append("journal.jsonl", "a\n");
        files.append("journal.jsonl", "b\n");
        assertThat(content("journal.jsonl")).contains("a\nb\n");
    }

    @Test
    void listNamesTheFilesOfAFolderAndNothingElse() throws Exception {
        files.write("releases/b.json", "");
        files.write("releases/a.json", "");
        files.write("releases/old/c.json", "");
        assertThat(files.list("releases")).containsExactly("a.json", "b.json");
        assertThat(files.list("nothing")).isEmpty();
        assertThat(files.list("releases/a.json")).isEmpty();
    }

    @Test
    void aRemovedFileIsGoneAndRemovingItAgainDoesNothing() throws Exception {
        files.write("lock", "me");
        files.remove("lock");
        files.remove("lock");
        assertThat(files.read("lock")).isEmpty();
        files.remove("no/such/folder/file");
    }

    @Test
    void changesAreMadeInOrderBeforeTheFilesAreReadThatAreWanted() throws Exception {
        files.write("apps/old.json", "old");
        files.write("apps/shop.json", "r1");
        files.write("apps/deeper/no.json", "");
        files.write("no/other", "");
        String text = "r2: gr\u00f6\u00dfer, it's\n\n$HOME \\n without an end";
        Map<String, StoredFile> found = files.exchange(
                List.of(
                        new Change.Write("apps/shop.json", "between"),
                        new Change.Write("apps/shop.json", text),
                        new Change.Write("new folder/proxy.cfg", "line\n"),
                        new Change.Write("apps/empty.json", ""),
                        new Change.Remove("apps/old.json"),
                        new Change.Remove("apps/never.json")),
                List.of("apps/", "new folder/proxy.cfg", "missing", "missing/"));
        assertThat(found.keySet())
                .containsExactlyInAnyOrder("apps/shop.json", "apps/empty.json", "new folder/proxy.cfg");
        assertThat(contentIn(found, "apps/shop.json")).contains(text);
        assertThat(contentIn(found, "apps/empty.json")).contains("");
        assertThat(contentIn(found, "new folder/proxy.cfg")).contains("line\n");
        assertThat(found.values())
                .allSatisfy(file -> assertThat(file.age()).isBetween(Duration.ZERO, Duration.ofSeconds(20)));
        assertThat(content("apps/shop.json")).contains(text);
        assertThat(files.exchange(List.of(), List.of())).isEmpty();
    }

    @Test
    void aChangeThatCannotBeMadeIsAnErrorAndTheNextIsNotMade() throws Exception {
        files.write("file", "");
        assertThatThrownBy(() -> files.exchange(
                        List.of(new Change.Write("file/below", ""), new Change.Write("next", "")), List.of("file")))
                .isInstanceOf(IOException.class);
        assertThat(files.read("next")).isEmpty();
        assertThatThrownBy(() -> files.exchange(List.of(new Change.Remove("../x")), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> files.exchange(List.of(), List.of(".hidden/")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void compareAndSetReplacesOnlyWhatIsExpected() throws Exception {
        assertThat(files.compareAndSet("lock", Optional.of("x"), Optional.of("me")))
                .isFalse();
        assertThat(files.compareAndSet("lock", Optional.empty(), Optional.of("me")))
                .isTrue();
        assertThat(files.compareAndSet("lock", Optional.empty(), Optional.of("you")))
                .isFalse();
        assertThat(files.compareAndSet("lock", Optional.of("me"), Optional.of("me again")))
                .isTrue();
        assertThat(content("lock")).contains("me again");
        assertThat(files.compareAndSet("lock", Optional.of("me again"), Optional.empty()))
                .isTrue();
        assertThat(files.read("lock")).isEmpty();
    }

    @Test
    void amongManyOneWinsEachRoundOfCompareAndSet() throws Exception {
        int threads = 8;
        int rounds = rounds();
        files.write("count", "0");
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Future<Integer>>();
            for (int i = 0; i < threads; i++) {
                HostFiles other = files(root);
                Callable<Integer> counting = () -> {
                    int won = 0;
                    while (won < rounds) {
                        String now = other.read("count").orElseThrow().content();
                        String next = String.valueOf(Integer.parseInt(now) + 1);
                        won += other.compareAndSet("count", Optional.of(now), Optional.of(next)) ? 1 : 0;
                    }
                    return won;
                };
                results.add(executor.submit(counting));
            }
            for (Future<Integer> result : results) {
                assertThat(result.get(60, TimeUnit.SECONDS)).isEqualTo(rounds);
            }
        }
        assertThat(content("count")).contains(String.valueOf(threads * rounds));
    }

    @Test
    void aReaderSeesTheOldContentOrTheNewAndNeverAPart() throws Exception {
        String one = "1".repeat(200_000);
        String two = "2".repeat(200_000);
        files.write("big", one);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> writing = () -> {
                for (int i = 0; i < 30; i++) {
                    files.write("big", i % 2 == 0 ? two : one);
                }
                return 0;
            };
            Future<Integer> writer = executor.submit(writing);
            do {
                assertThat(content("big").orElseThrow()).isIn(one, two);
            } while (!writer.isDone());
            assertThat(writer.get()).isZero();
        }
        try (var left = Files.list(root)) {
            assertThat(left).extracting(path -> path.getFileName().toString()).containsExactly("big");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc/passwd", "a/../../x", "", ".", "a/./b", ".guard", "a/.hidden", "a\0b"})
    void aPathThatLeavesTheRootIsRefused(String path) {
        assertThatThrownBy(() -> files.write(path, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> files.read(path)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> files.append(path, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> files.remove(path)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> files.compareAndSet(path, Optional.empty(), Optional.of("x")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatAShellWouldReadAsItsOwnIsKeptAsItIs() throws Exception {
        String content =
                "it's \"quoted\" $HOME `id` $(id) \\n \\ %s %d\n\n\tend without a line break \u00e9 \ud83d\udea2";
        files.write("a b/c'd", content);
        files.append("a b/c'd", "\n'more'\n");
        assertThat(content("a b/c'd")).contains(content + "\n'more'\n");
        assertThat(files.compareAndSet("a b/c'd", Optional.of(content), Optional.of("x")))
                .isFalse();
        assertThat(files.compareAndSet("a b/c'd", Optional.of(content + "\n'more'\n"), Optional.of("\n")))
                .isTrue();
        assertThat(files.compareAndSet("a b/c'd", Optional.of(""), Optional.of("x")))
                .isFalse();
        assertThat(content("a b/c'd")).contains("\n");
        assertThat(files.list("a b")).containsExactly("c'd");
    }

    private static Optional<String> contentIn(Map<String, StoredFile> files, String path) {
        return Optional.ofNullable(files.get(path)).map(StoredFile::content);
    }

    private Optional<String> content(String path) throws IOException {
        return files.read(path).map(StoredFile::content);
    }
}
