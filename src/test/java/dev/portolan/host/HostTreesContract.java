package dev.portolan.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.files.FileTree;
import dev.portolan.files.TreeReader;
import dev.portolan.host.HostTrees.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for the files and folders of an app on every host, whatever the way to it. */
public abstract class HostTreesContract {
    @TempDir
    Path folder = Path.of("");

    private Path project = Path.of("");
    private HostTrees trees;

    /** Opens trees below two folders of this machine. */
    protected abstract HostTrees trees(Path contents, Path data);

    @BeforeEach
    void makeProject() throws IOException {
        project = Files.createDirectories(folder.resolve("project/conf"));
        Files.writeString(project.resolve("site.conf"), "listen 80");
        Files.writeString(project.resolve("run.sh"), "true");
        Files.setPosixFilePermissions(project.resolve("run.sh"), PosixFilePermissions.fromString("rwxrwx---"));
        Files.setLastModifiedTime(project.resolve("site.conf"), FileTime.fromMillis(1_700_000_000_000L));
        Files.createDirectory(project.resolve("empty"));
        Files.createSymbolicLink(project.resolve("current"), Path.of("site.conf"));
        trees = trees(folder.resolve("state/files"), folder.resolve("state/data"));
    }

    private FileTree.Fingerprinted tree() throws IOException {
        return TreeReader.read(project, Set.of()).fingerprinted();
    }

    @Test
    void whatIsPutThereIsTheSameButForTheRightOfOthersToWrite() throws IOException {
        FileTree.Fingerprinted tree = tree();

        trees.put(tree);

        Path copy = Path.of(trees.contentPath(tree.digest()));
        assertThat(trees.stored()).isEqualTo(new Stored(Set.of(tree.digest()), Map.of()));
        assertThat(copy.resolve("site.conf")).hasContent("listen 80");
        assertThat(Files.getLastModifiedTime(copy.resolve("site.conf")).toMillis())
                .isEqualTo(1_700_000_000_000L);
        assertThat(Files.getPosixFilePermissions(copy.resolve("run.sh")))
                .isEqualTo(PosixFilePermissions.fromString("rwxr-x---"));
        assertThat(copy.resolve("empty")).isEmptyDirectory();
        assertThat(Files.readSymbolicLink(copy.resolve("current"))).isEqualTo(Path.of("site.conf"));
        assertThat(TreeReader.read(copy, Set.of()).fingerprinted().digest()).isEqualTo(tree.digest());
        assertThat(Files.getPosixFilePermissions(folder.resolve("state/files")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void whatIsThereIsNotPutThereAgain() throws IOException {
        FileTree.Fingerprinted tree = tree();
        trees.put(tree);
        Object before = Files.getAttribute(Path.of(trees.contentPath(tree.digest())), "unix:ino");

        trees.put(tree);

        assertThat(Files.getAttribute(Path.of(trees.contentPath(tree.digest())), "unix:ino"))
                .isEqualTo(before);
    }

    @Test
    void aFileThatChangedSinceItsFingerprintLeavesNothingBehind() throws IOException {
        FileTree.Fingerprinted tree = tree();
        Files.writeString(project.resolve("site.conf"), "listen 81");

        assertThatThrownBy(() -> trees.put(tree))
                .isInstanceOf(IOException.class)
                .hasMessage(project.toRealPath() + " was changed while it was copied");
        assertThat(trees.stored()).isEqualTo(Stored.NOTHING);
        assertThat(folder.resolve("state/files")).isEmptyDirectory();
    }

    @Test
    void whatACommandThatWasKilledLeftIsNotSeenAndGoesWithTheNextTidying() throws IOException {
        FileTree.Fingerprinted tree = tree();
        trees.put(tree);
        Path half = Files.createDirectories(folder.resolve("state/files/.incomplete-1/half"));
        Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("r-x------"));

        assertThat(trees.stored().contents()).containsExactly(tree.digest());
        trees.keepOnly(Set.of(tree.digest()));

        assertThat(names(folder.resolve("state/files"))).containsExactly(tree.digest());
    }

    @Test
    void whatIsNotNeededGoes() throws IOException {
        FileTree.Fingerprinted first = tree();
        trees.put(first);
        Files.writeString(project.resolve("site.conf"), "listen 81");
        FileTree.Fingerprinted second = tree();
        trees.put(second);

        trees.keepOnly(Set.of(second.digest()));

        assertThat(names(folder.resolve("state/files"))).containsExactly(second.digest());
    }

    @Test
    void tidyingWhereNothingWasPutIsNoFailure() throws IOException {
        trees.keepOnly(Set.of());

        assertThat(trees.stored()).isEqualTo(Stored.NOTHING);
    }

    @Test
    void aFolderOfDataBeginsWithItsSeedAndIsThenLeftToTheApp() throws IOException {
        FileTree.Fingerprinted seed = tree();
        trees.makeFolder("conf", Optional.of(seed));
        Path data = Path.of(trees.folderPath("conf"));
        Files.writeString(data.resolve("site.conf"), "the app's own");
        Files.delete(data.resolve("run.sh"));
        Files.writeString(project.resolve("new"), "");

        trees.makeFolder("conf", Optional.of(tree()));

        assertThat(data.resolve("site.conf")).hasContent("the app's own");
        assertThat(names(data)).containsExactly("current", "empty", "site.conf");
        assertThat(trees.stored().folders()).isEqualTo(Map.of("conf", seed.digest()));
    }

    @Test
    void aSeedHasItsExactModes() throws IOException {
        trees.makeFolder("conf", Optional.of(tree()));

        assertThat(Files.getPosixFilePermissions(Path.of(trees.folderPath("conf"), "run.sh")))
                .isEqualTo(PosixFilePermissions.fromString("rwxrwx---"));
    }

    @Test
    void aFolderWithoutSeedIsEmptyAndEverybodyMayEnterIt() throws IOException {
        trees.makeFolder("var/up loads\n", Optional.empty());

        Path data = Path.of(trees.folderPath("var/up loads\n"));
        assertThat(data).isEmptyDirectory();
        assertThat(Files.getPosixFilePermissions(data)).isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(trees.stored().folders()).isEqualTo(Map.of("var/up loads\n", ""));
    }

    @Test
    void aFolderAroundOneThatIsThereLeavesItAsItIs() throws IOException {
        trees.makeFolder("conf", Optional.empty());
        Files.writeString(Path.of(trees.folderPath("conf"), "site.conf"), "the app's own");

        project = folder.resolve("project");
        trees.makeFolder("", Optional.of(tree()));

        assertThat(Path.of(trees.folderPath(""), "conf/site.conf")).hasContent("the app's own");
        assertThat(Path.of(trees.folderPath(""), "conf/run.sh")).hasContent("true");
        assertThat(trees.stored().folders().keySet()).containsExactlyInAnyOrder("", "conf");
    }

    @Test
    void aFolderOfWhichAKillLeftOnlyAPartIsMadeInFull() throws IOException {
        Files.createDirectories(folder.resolve("state/data/.incomplete-1"));
        Path part = Files.createDirectories(Path.of(trees.folderPath("conf")));
        Files.writeString(part.resolve("site.conf"), "listen 80");

        trees.makeFolder("conf", Optional.of(tree()));

        assertThat(names(part)).containsExactly("current", "empty", "run.sh", "site.conf");
    }

    @Test
    void dataGoesWithAllThatIsInIt() throws IOException {
        trees.makeFolder("conf", Optional.of(tree()));
        trees.put(tree());

        trees.removeFolders();

        assertThat(folder.resolve("state/data")).doesNotExist();
        assertThat(trees.stored().folders()).isEmpty();
        assertThat(trees.stored().contents()).hasSize(1);
        assertThat(Files.exists(project.resolve("current"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }

    private static Stream<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList().stream();
        }
    }
}
