package dev.portolan.buildkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FolderRequestTest {

    @Test
    void aLookForIgnoreFilesAsksForNothingElse() {
        assertThat(new FolderRequest("context", List.of(".dockerignore")).onlyIgnoreFile())
                .isTrue();
        assertThat(new FolderRequest("context", List.of(".dockerignore", "src")).onlyIgnoreFile())
                .isFalse();
        assertThat(new FolderRequest("context", List.of()).onlyIgnoreFile()).isFalse();
    }
}
