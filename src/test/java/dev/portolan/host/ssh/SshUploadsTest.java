package dev.portolan.host.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By shells of this machine. */
class SshUploadsTest {
    @TempDir
    Path folder;

    private Path place;
    private SshUploads uploads;

    /** With a {@code docker} command that says what it was called with. */
    @BeforeEach
    void open() throws IOException {
        place = folder.resolve("it's here");
        Path command = folder.resolve("docker");
        Files.writeString(command, "#!/bin/sh\nall=$(cat); echo \"$@\"; echo \"$all\"; [ \"$all\" = whole ]\n");
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
        uploads = new SshUploads(with("PATH=" + folder + ":$PATH; "), place.toString(), "/run/my.sock");
    }

    private static Shells with(String beginning) {
        var shells = new LocalShells();
        return new Shells() {
            @Override
            public RemoteShell.Answer run(String script) throws IOException {
                return shells.run(beginning + script);
            }

            @Override
            public RemoteShell.Answer feed(String script, Content content) throws IOException {
                return shells.feed(beginning + script, content);
            }

            @Override
            public String toString() {
                return "web1";
            }
        };
    }

    @Test
    void whatHasComeGoesToTheEngineTogetherWithTheRest() throws IOException {
        assertThat(uploads.size("image")).hasValue(0);
        var part = uploads.finish("image", output -> output.write("who".getBytes(UTF_8)));
        assertThat(part.taken()).isFalse();
        assertThat(part.words()).endsWith("\nwho");
        assertThat(uploads.size("image")).hasValue(3);
        var whole = uploads.finish("image", output -> output.write("le".getBytes(UTF_8)));
        assertThat(whole.words()).isEqualTo("--host unix:///run/my.sock load --quiet\nwhole");
        assertThat(whole.taken()).isTrue();
        uploads.remove("image");
        assertThat(uploads.size("image")).hasValue(0);
    }

    @Test
    void nobodyElseMayReadIt() throws IOException {
        uploads.finish("image", output -> output.write(1));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
                .isEqualTo("rwx------");
    }

    @Test
    void whatNobodyWentOnWithForDaysIsRemoved() throws IOException {
        uploads.finish("old", output -> output.write(1));
        uploads.finish("new", output -> output.write(1));
        Files.setLastModifiedTime(
                place.resolve("old"), FileTime.from(Instant.now().minus(Duration.ofDays(5))));
        assertThat(uploads.size("new")).hasValue(1);
        assertThat(place.resolve("old")).doesNotExist();
    }

    @Test
    void aHostWithoutTheCommandHasNoSuchWay() throws IOException {
        var none = new SshUploads(with("PATH=/nonexistent; "), place.toString(), "/run/my.sock");
        assertThat(none.size("image")).isEmpty();
    }

    @Test
    void aHostThatCannotKeepItSaysWhy() throws IOException {
        Files.writeString(place, "a file where the folder should be");
        var handed = uploads.finish("image", output -> {});
        assertThat(handed.taken()).isFalse();
        assertThat(handed.words()).contains("File exists");
    }
}
