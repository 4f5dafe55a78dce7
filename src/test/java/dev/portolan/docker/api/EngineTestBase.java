package dev.portolan.docker.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.docker.ContainerEngine.LogLine;
import dev.portolan.host.HostConnection;
import dev.portolan.model.NetworkSpec;
import dev.portolan.testing.SpecBuilder;
import dev.portolan.testing.TestEngine;
import dev.portolan.testing.TestImages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A real engine, and everything that a test makes on it removed afterwards. */
abstract class EngineTestBase {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    TestEngine testEngine;
    HostConnection host;
    ContainerEngine engine;
    String image;
    private final String prefix = "docker-it-" + Long.toString(System.nanoTime(), 36) + "-";
    private final List<String> containers = new ArrayList<>();
    private final Deque<String> networks = new ArrayDeque<>();

    @BeforeEach
    final void open() {
        testEngine = TestEngine.shared();
        host = testEngine.host(folder.resolve("root"));
        engine = testEngine.open(host);
        image = TestImages.busybox(engine);
    }

    @AfterEach
    final void removeEverything() {
        containers.forEach(engine::remove);
        containers.forEach(engine::removeVolume);
        networks.forEach(engine::removeNetwork);
        engine.close();
        host.close();
    }

    /** A name that no other test has; the container or volume that has it is removed at the end. */
    final String name(String word) {
        String name = prefix + word;
        if (!containers.contains(name)) {
            containers.add(name);
        }
        return name;
    }

    final SpecBuilder busybox() {
        return SpecBuilder.of(image);
    }

    final SpecBuilder sleeping() {
        return SpecBuilder.of(image, "sleep", "600");
    }

    final String create(String name, SpecBuilder spec, byte[]... files) {
        return engine.create(name, spec.build(), Map.of("docker-it", name), Optional.empty(), List.of(files));
    }

    /** Makes a network with a subnet that the engine does not use yet. */
    final String network(String word) {
        String name = prefix + word;
        String subnet = freeSubnet();
        networks.addFirst(name);
        engine.ensureNetwork(spec(name), subnet + ".0.0/23", subnet + ".1.0/24", Map.of("docker-it", name));
        return subnet;
    }

    static NetworkSpec spec(String name) {
        return new NetworkSpec(name, Optional.empty(), false, false, Map.of(), Map.of());
    }

    /** The first two numbers of a free range. */
    final String freeSubnet() {
        for (int second = 230; second < 250; second++) {
            String candidate = "10." + second;
            if (engine.networks().values().stream().noneMatch(subnet -> subnet.startsWith(candidate + "."))) {
                return candidate;
            }
        }
        throw new AssertionError("no free range");
    }

    final List<String> output(String name) {
        var lines = new ArrayList<String>();
        engine.logs(name, false, -1, line -> lines.add(line.text()));
        return lines;
    }

    final void awaitOutput(String name, String text) {
        await(text, () -> output(name).contains(text));
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting for: " + what).isLessThan(deadline);
            sleep(Duration.ofMillis(50));
        }
    }

    static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static List<String> texts(List<LogLine> lines, boolean error) {
        return lines.stream()
                .filter(line -> line.error() == error)
                .map(LogLine::text)
                .toList();
    }
}
