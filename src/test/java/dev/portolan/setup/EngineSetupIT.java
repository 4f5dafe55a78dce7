package dev.portolan.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.testing.TestEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs an engine that answers; only looks at it. */
class EngineSetupIT {

    @TempDir
    private Path folder;

    @Test
    void findsTheEngineOfThisMachineWithoutChangingAnything() {
        EngineSocket socket = EngineSocket.of(
                Map.of("DOCKER_HOST", "unix://" + TestEngine.shared().socket()));
        List<String> said = new ArrayList<>();
        EngineSetup setup = new EngineSetup(new LocalMachine(), socket, folder);

        EngineStart start = setup.ensure(
                question -> {
                    said.add(question);
                    return false;
                },
                said::add);

        assertThat(start).isEqualTo(new EngineStart.Found());
        assertThat(said).isEmpty();
        assertThat(new LocalMachine().facts().engineInstalled()).isTrue();
        assertThat(folder).isEmptyDirectory();
    }
}
