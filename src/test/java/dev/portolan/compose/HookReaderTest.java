package dev.portolan.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.Hook;
import dev.portolan.model.Hooks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookReaderTest {
    @TempDir
    Path parent;

    private ProjectFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = new ProjectFolder(parent);
    }

    @Test
    void aServiceWithoutHooksHasNone() {
        folder.web("post_start: []");

        assertThat(folder.web().hooks()).isEmpty();
    }

    @Test
    void hooksAreReadInTheirOrderWithAllThatTheySay() {
        folder.web(
                "post_start:",
                "  - command: warm up --all",
                "  - command: [sh, -c, 'echo $$HOME']",
                "    user: root",
                "    privileged: true",
                "    working_dir: /app",
                "    environment: [A=1, HOME]",
                "pre_stop:",
                "  - {command: say goodbye, environment: {B: 2}}");

        assertThat(folder.web().hooks())
                .contains(new Hooks(
                        List.of(
                                new Hook(List.of("warm", "up", "--all")),
                                new Hook(
                                        List.of("sh", "-c", "echo $HOME"),
                                        Optional.of("root"),
                                        true,
                                        Optional.of("/app"),
                                        Map.of("A", "1"),
                                        List.of("HOME"))),
                        List.of(new Hook(
                                List.of("say", "goodbye"),
                                Optional.empty(),
                                false,
                                Optional.empty(),
                                Map.of("B", "2"),
                                List.of()))));
        assertThat(folder.problems())
                .containsExactly("compose.yaml:11:5: services/web/pre_stop: honoured differently;"
                        + " one that fails is said, and the container is stopped all the same");
    }
}
