package dev.portolan.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.host.HostConnection;
import dev.portolan.setup.LocalMachine;
import dev.portolan.testing.TestEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoImagesIT {

    @TempDir
    private Path folder;

    @Test
    void theProxyAloneNeedsNoDatabase() {
        TestEngine shared = TestEngine.shared();
        try (HostConnection host = shared.host(folder.resolve("host"));
                ContainerEngine engine = shared.open(host)) {
            List<String> progress = new ArrayList<>();
            ImageSet proxy = new DemoImages(engine, new LocalMachine(), folder)
                    .ensure(EnumSet.of(DemoImage.HAPROXY), progress::add);

            assertThat(engine.imageDigest(proxy.references().getOrDefault(DemoImage.HAPROXY, "")))
                    .isPresent();
            assertThat(progress).noneMatch(line -> line.contains("PostgreSQL"));
        }
    }

    @Test
    void allImagesAreThereAndTheSecondTimeAtOnce() {
        TestEngine shared = TestEngine.shared();
        try (HostConnection host = shared.host(folder.resolve("host"));
                ContainerEngine engine = shared.open(host)) {
            List<String> progress = new ArrayList<>();
            ImageSet first = new DemoImages(engine, new LocalMachine(), folder).ensure(progress::add);

            assertThat(first.references()).containsOnlyKeys(DemoImage.values());
            assertThat(first.references().values())
                    .allSatisfy(reference -> assertThat(engine.imageDigest(reference))
                            .as(reference)
                            .isPresent());
            assertThat(first.origin())
                    .containsAnyOf("Docker Hub", "distribution's packages")
                    .endsWith(".");

            progress.clear();
            ImageSet second = new DemoImages(engine, new LocalMachine(), folder).ensure(progress::add);
            assertThat(second.references()).isEqualTo(first.references());
            assertThat(progress).isEmpty();
        }
    }
}
