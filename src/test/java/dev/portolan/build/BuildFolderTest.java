package dev.portolan.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildFolderTest {
    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void aSmallApp() throws IOException {
        write("Dockerfile", "FROM scratch\nCOPY . /\n");
        write("src/main.rb", "puts 1\n");
        write("log/production.log", "noise\n");
        write("log/keep", "");
        Files.createSymbolicLink(folder.resolve("current"), Path.of("src/main.rb"));
    }

    @Test
    void everythingThatIsNotIgnoredTakesPart() throws IOException {
        write(".dockerignore", "log\n!log/keep\n.dockerignore\nDockerfile\n");

        assertThat(BuildFolder.open(folder, "Dockerfile").entries().keySet())
                .containsExactly("Dockerfile", "current", "log", "log/keep", "src", "src/main.rb");
    }

    @Test
    void anIgnoredDockerfileIsNotInTheFolderWhenItIsGivenByItself() throws IOException {
        write(".dockerignore", "log\n.dockerignore\nDockerfile\n");

        assertThat(BuildFolder.open(folder, "Dockerfile")
                        .withDockerfileApart()
                        .entries()
                        .keySet())
                .containsExactly("current", "src", "src/main.rb");
    }

    @Test
    void theDockerfilesOwnIgnoreFileCountsAlone() throws IOException {
        write(".dockerignore", "src\n");
        write("Dockerfile.dockerignore", "log\n**/*ignore\n");

        assertThat(BuildFolder.open(folder, "Dockerfile").entries().keySet())
                .containsExactly("Dockerfile", "current", "src", "src/main.rb");
    }

    @Test
    void theHashSaysWhatIsBuiltAndNothingElse() throws IOException {
        write(".dockerignore", "log\n");
        String hash = hash();

        write("log/production.log", "more noise\n");
        Files.setLastModifiedTime(folder.resolve("src/main.rb"), FileTime.fromMillis(0));
        assertThat(hash()).as("ignored files and times").isEqualTo(hash);

        Files.setPosixFilePermissions(folder.resolve("src/main.rb"), PosixFilePermissions.fromString("rwxr-xr-x"));
        String executable = hash();
        assertThat(executable).as("the right to execute").isNotEqualTo(hash);

        Files.setPosixFilePermissions(folder.resolve("src/main.rb"), PosixFilePermissions.fromString("rw-------"));
        assertThat(hash()).as("who may read it").isNotIn(hash, executable);

        Files.setPosixFilePermissions(folder.resolve("src/main.rb"), PosixFilePermissions.fromString("rwxr-xr-x"));
        write("src/main.rb", "puts 2\n");
        assertThat(hash()).as("content").isNotEqualTo(executable);
    }

    @Test
    void theHashOfTheSameContentIsTheSameInEveryVersion() throws IOException {
        assertThat(hash()).isEqualTo("773f6b2b3f38ab67aa018f7b2dc2718161907314cbc851894be51d0e9c85e928");
    }

    private String hash() throws IOException {
        return BuildFolder.open(folder, "Dockerfile").contentHash();
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, content);
    }
}
