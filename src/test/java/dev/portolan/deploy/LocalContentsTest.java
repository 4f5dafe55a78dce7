package dev.portolan.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.model.ContainerSpec.FileInContainer;
import dev.portolan.model.ContainerSpec.FileSource;
import dev.portolan.model.Fingerprint;
import dev.portolan.model.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalContentsTest {
    private final LocalContents contents = new LocalContents(Map.of("TOKEN", "s3cret"));

    @Test
    void eachSourceGivesWhatTheReleasePinned(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("app.conf"), "port=1");

        assertThat(contents.contentOf(pinned(new FileSource.LocalFile(file.toString()), "port=1")))
                .asString()
                .isEqualTo("port=1");
        assertThat(contents.contentOf(pinned(new FileSource.Inline("x"), "x")))
                .asString()
                .isEqualTo("x");
        assertThat(contents.contentOf(pinned(new FileSource.Variable("TOKEN"), "s3cret")))
                .asString()
                .isEqualTo("s3cret");
    }

    @Test
    void whatChangedSinceIsRefusedWithoutSayingItsValue() {
        assertThatThrownBy(() -> contents.contentOf(pinned(new FileSource.Variable("TOKEN"), "older")))
                .isInstanceOf(LocalContents.ContentChanged.class)
                .hasMessage("the variable TOKEN, for /etc/file, is not what the release was made from any more")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void whatIsGoneIsSaid() {
        assertThatThrownBy(() -> contents.contentOf(pinned(new FileSource.LocalFile("/nonexistent/x"), "")))
                .isInstanceOf(UserError.class)
                .hasMessage("the file /nonexistent/x cannot be read");
        assertThatThrownBy(() -> contents.contentOf(pinned(new FileSource.Variable("NONE"), "")))
                .isInstanceOf(UserError.class)
                .hasMessage("the variable NONE is not set in the environment of this command");
    }

    private static FileInContainer pinned(FileSource source, String content) {
        return new FileInContainer("/etc/file", source, Fingerprint.of(content), 0444, 0, 0);
    }
}
