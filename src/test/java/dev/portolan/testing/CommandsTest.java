package dev.portolan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CommandsTest {
    private static final int ENDED_BY_INT = 128 + 2;

    @Test
    void ctrlCReachesACommandWhoseParentIgnoresIt() throws IOException, InterruptedException {
        List<String> ignoring = new ArrayList<>(List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
        ignoring.addAll(Commands.interruptible(List.of("sh", "-c", "echo starts; exec sleep 30")));

        Process process = new ProcessBuilder(ignoring).start();
        assertThat(process.inputReader().readLine()).isEqualTo("starts");
        Commands.run("kill", "-INT", Long.toString(process.pid()));

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ENDED_BY_INT);
    }
}
