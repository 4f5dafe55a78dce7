package dev.portolan.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.files.FileTree.Entry;
import dev.portolan.model.Fingerprint;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class TreeReaderTest {
    private static final FileTime THEN = FileTime.fromMillis(1_700_000_000_000L);

    @TempDir
    Path folder = Path.of("");

    private Path file(String name, String content, String mode) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        Files.setLastModifiedTime(file, THEN);
        return file;
    }

    private FileTree.Fingerprinted read() throws IOException {
        return TreeReader.read(folder, Set.of()).fingerprinted();
    }

    @Test
    void aFolderIsAllThatIsInItWithModesTimesLinksAndEmptyFolders() throws IOException {
        file("run.sh", "true\n", "rwxr-x---");
        file("conf.d/site.conf", "listen 80\n", "rw-r--r--");
        Files.createDirectory(folder.resolve("empty"));
        Files.createSymbolicLink(folder.resolve("current"), Path.of("conf.d/site.conf"));
        Files.createSymbolicLink(folder.resolve("out"), Path.of("../../etc/passwd"));

        FileTree tree = TreeReader.read(folder, Set.of());

        assertThat(tree.entries().keySet())
                .containsExactly("", "conf.d", "conf.d/site.conf", "current", "empty", "out", "run.sh");
        assertThat(tree.entries())
                .containsEntry("run.sh", new Entry.File(0750, 5, THEN))
                .containsEntry("conf.d/site.conf", new Entry.File(0644, 10, THEN))
                .containsEntry("current", new Entry.Link("conf.d/site.conf"))
                .containsEntry("out", new Entry.Link("../../etc/passwd"));
        assertThat(tree.entries().get("empty")).isInstanceOf(Entry.Folder.class);
        assertThat(tree.bytes()).isEqualTo(15);
    }

    @Test
    void theFingerprintIsExactlyThatOfKindModeAndContent() throws IOException {
        Path file = file("nginx.conf", "x", "rw-r--r--");

        assertThat(TreeReader.read(file, Set.of()).fingerprinted().digest())
                .isEqualTo(Fingerprint.of("\0file 644 " + Fingerprint.of("x") + "\0"));
    }

    @Test
    void contentModeNameAndTargetChangeTheFingerprint() throws IOException {
        file("a", "1", "rw-r--r--");
        String first = read().digest();

        file("a", "2", "rw-r--r--");
        String otherContent = read().digest();
        file("a", "1", "rwxr-xr-x");
        String otherMode = read().digest();
        Files.move(folder.resolve("a"), folder.resolve("b"));
        String otherName = read().digest();
        Files.createSymbolicLink(folder.resolve("c"), Path.of("b"));
        String withLink = read().digest();

        assertThat(Set.of(first, otherContent, otherMode, otherName, withLink)).hasSize(5);
    }

    @Test
    void timesAndTheRightOfOthersToWriteAreNotInTheFingerprint() throws IOException {
        Path file = file("a", "1", "rw-r--r--");
        String before = read().digest();

        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

        assertThat(read().digest()).isEqualTo(before);
    }

    @Test
    void aLinkInPlaceOfTheWholeIsFollowed() throws IOException {
        file("v2/app.conf", "2", "rw-r--r--");
        Path link = Files.createSymbolicLink(folder.resolve("app.conf"), Path.of("v2/app.conf"));

        assertThat(TreeReader.read(link, Set.of()).root())
                .isEqualTo(folder.resolve("v2/app.conf").toRealPath());
    }

    @Test
    void whatIsToStayOutStaysOut() throws IOException {
        file("data/db/file", "1", "rw-r--r--");
        file("data/readme", "1", "rw-r--r--");

        assertThat(TreeReader.read(folder, Set.of("data/db")).entries().keySet())
                .containsExactly("", "data", "data/readme");
    }

    @Test
    @Timeout(5)
    void aPipeIsRefusedAndNotRead() throws Exception {
        assertThat(new ProcessBuilder(List.of("mkfifo", folder.resolve("pipe").toString()))
                        .start()
                        .waitFor())
                .isZero();

        assertThatThrownBy(this::read)
                .isInstanceOf(UnfitTree.class)
                .hasMessage("cannot be copied: " + folder.toRealPath().resolve("pipe")
                        + " is a socket, a pipe or a device");
    }

    @Test
    @Timeout(5)
    void aByteMoreThanTheLimitIsRefusedWithoutBeingRead() throws IOException {
        long half = TreeReader.LIMIT_BYTES / 2;
        for (String name : List.of("a", "b")) {
            try (var large = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
                large.setLength(half);
            }
        }
        assertThat(TreeReader.read(folder, Set.of()).bytes()).isEqualTo(TreeReader.LIMIT_BYTES);

        file("c", "!", "rw-r--r--");
        assertThatThrownBy(() -> TreeReader.read(folder, Set.of()))
                .isInstanceOf(UnfitTree.class)
                .hasMessage("is more than the 64 MiB that are copied to a host");
    }

    @Test
    void nothingIsNothing() {
        assertThatThrownBy(() -> TreeReader.read(folder.resolve("none"), Set.of()))
                .isInstanceOf(NoSuchFileException.class);
    }
}
