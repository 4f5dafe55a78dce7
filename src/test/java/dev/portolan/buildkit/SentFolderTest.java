package dev.portolan.buildkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.build.BuildFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentFolderTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void whatIsInAFolderComesRightAfterIt() throws IOException {
        Files.createDirectories(folder.resolve("a"));
        Files.writeString(folder.resolve("a/x"), "1");
        Files.writeString(folder.resolve("a-b"), "22");
        Files.writeString(folder.resolve("a.b"), "3");
        Files.createSymbolicLink(folder.resolve("z"), Path.of("a/x"));

        List<SentFile> files = new SentFolder.OnDisk(BuildFolder.withoutDockerfile(folder)).files();

        assertThat(files).extracting(SentFile::path).containsExactly("a", "a/x", "a-b", "a.b", "z");
        assertThat(files).extracting(SentFile::size).containsExactly(0L, 1L, 2L, 1L, 0L);
        assertThat(files.getLast().link()).isEqualTo("a/x");
        assertThat(files).extracting(SentFile::isRegular).containsExactly(false, true, true, true, false);
    }

    @Test
    void rightsAreWrittenAsGoHasThem() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "1");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        SentFile sent = new SentFolder.OnDisk(BuildFolder.withoutDockerfile(folder))
                .files()
                .getFirst();

        assertThat(sent.mode()).isEqualTo(0640);
        assertThat(SentFile.rights(04755)).isEqualTo(1 << 23 | 0755);
        assertThat(SentFile.rights(01777)).isEqualTo(1 << 20 | 0777);
    }

    @Test
    void aTextIsAFolderWithOneFile() throws IOException {
        SentFile file =
                new SentFolder.Single("Dockerfile", "FROM scratch\n").files().getFirst();

        assertThat(file.path()).isEqualTo("Dockerfile");
        assertThat(new String(file.open().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("FROM scratch\n");
        assertThat(new SentFolder.Single("Dockerfile", "FROM scratcH\n")
                        .files()
                        .getFirst()
                        .modified())
                .as("the time of another text of the same size")
                .isNotEqualTo(file.modified());
    }
}
