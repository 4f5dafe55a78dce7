package dev.portolan.docker.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real Docker Compose, where it has been built: see {@code src/test/compose-oracle/golden}. */
record ComposeOracle(Path folder, String project, String socket, Path output) {
    private static final Path PROGRAM =
            Path.of("target/compose-oracle/docker-compose").toAbsolutePath();

    static boolean isBuilt() {
        return Files.isExecutable(PROGRAM);
    }

    /** Makes the containers of all services; false when Docker Compose refuses to. */
    boolean create() {
        return run("create", "--pull", "never") == 0;
    }

    /** Removes them again, with their networks and volumes. */
    void remove() {
        assertThat(run("down", "--volumes", "--timeout", "0")).as(said()).isZero();
    }

    String said() {
        try {
            return Files.readString(output);
        } catch (IOException unread) {
            throw new UncheckedIOException(unread);
        }
    }

    private int run(String... words) {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), "-p", project));
        command.addAll(List.of(words));
        ProcessBuilder compose = new ProcessBuilder(command).directory(folder.toFile());
        compose.environment().clear();
        compose.environment().put("HOME", output.resolveSibling("home").toString());
        compose.environment().put("DOCKER_HOST", "unix://" + socket);
        File log = output.toFile();
        try {
            Process process =
                    compose.redirectErrorStream(true).redirectOutput(log).start();
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            return process.exitValue();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException ended) {
            throw new AssertionError(ended);
        }
    }
}
