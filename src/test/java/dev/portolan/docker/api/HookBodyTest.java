package dev.portolan.docker.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.Hook;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HookBodyTest {

    @Test
    void aHookThatSaysNothingButItsCommandRunsAsTheContainerDoes() {
        assertThat(HookBody.of(new Hook(List.of("warm", "up")))).hasToString("""
                {"AttachStdout":true,"AttachStderr":true,"Privileged":false,"Env":[],"Cmd":["warm","up"]}\
                """);
    }

    @Test
    void aHookThatSaysAllIsPassedOnWhole() {
        Hook hook = new Hook(
                List.of("warm"),
                Optional.of("root"),
                true,
                Optional.of("/app"),
                Map.of("B", "2", "A", "1=1"),
                List.of("HOME"));

        assertThat(HookBody.of(hook)).hasToString("""
                {"AttachStdout":true,"AttachStderr":true,"Privileged":true,"User":"root","WorkingDir":"/app",\
                "Env":["A=1=1","B=2","HOME"],"Cmd":["warm"]}\
                """);
    }
}
